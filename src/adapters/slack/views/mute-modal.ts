import type { ModalView } from "@slack/types";
import { type MuteScope, scopeName } from "../../../notifications/mute.ts";
import type { Watch } from "../../../settings/watch.ts";
import { muteChannelText } from "../../../text/answers/feedback.ts";
import { muteFormErrors, muteForm as words } from "../../../text/forms/mute.ts";
import type { Instant } from "../../../time/time.ts";
import { MUTE_CHOICES, type MuteChoice } from "../blocks/action-ids.ts";
import { section } from "../blocks/blocks.ts";
import { option, plain, select } from "../blocks/elements.ts";
import { mrkdwn } from "../blocks/mrkdwn.ts";
import {
  areForgotten,
  carriedIn,
  choiceOf,
  dateTime,
  type FormValues,
  input,
  instantIn,
  LATEST,
} from "./form.ts";

export const MUTE_MODAL = "mute.modal";

/** The action that shows or hides the field for a date. */
export const MUTE_UNTIL = "mute.until";

/** The possible targets of the mute, and the current choices. */
export interface MuteModal {
  readonly scopes: readonly { readonly scope: MuteScope; readonly name: string }[];
  readonly scope: MuteScope;
  readonly until: MuteChoice;
  /** The date that stands in the form. */
  readonly date: Instant;
  /** The channel in which the form was opened. */
  readonly openedIn?: string;
}

/** The form to mute a watch, its app or its channel. */
export const muteModal = ({ scopes, scope, until, date, openedIn }: MuteModal): ModalView => ({
  type: "modal",
  callback_id: MUTE_MODAL,
  private_metadata: JSON.stringify({
    ...(openedIn && { openedIn }),
    scopes,
    scope,
    until,
    date,
  } satisfies MuteModal),
  title: plain(words.title, 24),
  submit: plain(words.submit, 24),
  close: plain(words.cancel, 24),
  blocks: [
    input(
      "scope",
      words.what,
      select(
        "mute.scope",
        words.choose,
        scopes.map(({ scope, name }, i) => option(name, String(i), words.scopes[scope.kind])),
        String(scopes.findIndex((one) => scopeName(one.scope) === scopeName(scope))),
      ),
    ),
    input(
      "until",
      words.howLong,
      select(
        MUTE_UNTIL,
        words.choose,
        MUTE_CHOICES.map(([choice, name]) => option(name, choice)),
        until,
      ),
      { dispatch: true },
    ),
    ...(until === "date" ? [input("date", words.until, dateTime("mute.date", date))] : []),
  ],
});

export const MUTE_CHANNEL_MODAL = "mute.channel-modal";

/** What a mute of a channel waits for. */
export interface ChannelMute {
  readonly scope: Extract<MuteScope, { kind: "channel" }>;
  readonly until: Exclude<MuteChoice, "date"> | Instant;
}

/** Asks before a whole channel is muted. */
export const muteChannelModal = (muted: ChannelMute, watches: readonly Watch[]): ModalView => ({
  type: "modal",
  callback_id: MUTE_CHANNEL_MODAL,
  private_metadata: JSON.stringify(muted),
  title: plain(words.title, 24),
  submit: plain(words.muteChannel, 24),
  close: plain(words.back, 24),
  blocks: [section(mrkdwn(muteChannelText(muted.scope, watches)))],
});

/** Reads the current choices of the form for the next update. Missing values stay as they were. */
export function readMuteModal(metadata: string, values: FormValues): MuteModal {
  const before = JSON.parse(metadata) as MuteModal;
  const isForgetful = areForgotten(values, ["scope", "until"]);
  const chosenIn = (field: string) => choiceOf(carriedIn(values, field, { isForgetful }) ?? {});
  const scope = before.scopes[Number(chosenIn("scope"))]?.scope ?? before.scope;
  const until = MUTE_CHOICES.find(([choice]) => choice === chosenIn("until"))?.[0] ?? before.until;
  return { ...before, scope, until, date: instantIn(values, "date") ?? before.date };
}

/** The target and the end of the mute, or the errors by field. */
export function muteAnswer(
  metadata: string,
  values: FormValues,
  now: Instant,
):
  | { readonly scope: MuteScope; readonly until: Exclude<MuteChoice, "date"> | Instant }
  | { readonly errors: Readonly<Record<string, string>> } {
  const { scope, until, date } = readMuteModal(metadata, values);
  if (until !== "date") return { scope, until };
  if (!(date <= LATEST)) return { errors: { date: muteFormErrors.noEnd } };
  return date > now ? { scope, until: date } : { errors: { date: muteFormErrors.past } };
}
