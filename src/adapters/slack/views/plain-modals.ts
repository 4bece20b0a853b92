import type { HomeView, ModalView } from "@slack/types";
import { views } from "../../../text/forms/views.ts";
import type { Text } from "../../../text/text.ts";
import { footer, section } from "../blocks/blocks.ts";
import { actions, button, plain } from "../blocks/elements.ts";
import { mrkdwn } from "../blocks/mrkdwn.ts";
import { plain as harmless } from "../commands/plain.ts";
import { HOME } from "./home-ids.ts";

/** The callback id of a view that says that something was not done. */
export const FAILURE = "failure";

/** A modal that opens at once while its content is read, because Slack waits three seconds for it. */
export const loadingModal = (title: string): ModalView => ({
  type: "modal",
  callback_id: "loading",
  title: plain(title, 24),
  close: plain(views.cancel, 24),
  blocks: [section(views.loading), footer([views.loadingLong])],
});

/** The same above a submitted form, with the external id by which the result finds it. */
export const pendingModal = (title: string, externalId: string): ModalView => ({
  ...loadingModal(title),
  external_id: externalId,
  close: plain(views.back, 24),
});

/** What could not be shown or done, and what to do. */
export const failureModal = (title: string, message: string): ModalView => ({
  type: "modal",
  callback_id: FAILURE,
  title: plain(title, 24),
  close: plain(views.close, 24),
  blocks: [section(`⚠️ ${harmless(message, 2_000)}`)],
});

/** Confirms an action, with the problem of its channel if there is one. */
export const doneModal = (title: string, words: string = views.done, channelIssue?: Text): ModalView => ({
  type: "modal",
  callback_id: "done",
  title: plain(title, 24),
  close: plain(views.close, 24),
  blocks: [section(`✅ ${words}.`), ...(channelIssue ? [section(`⚠️ ${mrkdwn(channelIssue)}`)] : [])],
});

/** A dashboard that cannot be shown, and why. */
export const failureHome = (message: string): HomeView => ({
  type: "home",
  callback_id: "home",
  blocks: [section(`⚠️ ${harmless(message, 2_000)}`), actions([button(HOME.refresh, views.refresh, "now")])],
});
