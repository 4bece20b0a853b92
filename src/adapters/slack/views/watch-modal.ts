import type { ModalView } from "@slack/types";
import type { App } from "../../../series/app.ts";
import { footer } from "../blocks/blocks.ts";
import { plain } from "../blocks/elements.ts";
import { type PreviewShown, previewBlocks } from "./preview-blocks.ts";
import { howBlocks } from "./watch-blocks/how.ts";
import { appBlocks } from "./watch-blocks/of-app.ts";
import { quietBlocks } from "./watch-blocks/quiet.ts";
import { whatBlocks } from "./watch-blocks/what.ts";
import { whoBlocks } from "./watch-blocks/who.ts";
import type { WatchForm } from "./watch-form.ts";

/** What the listeners know the form of a watch by. */
export const WATCH_MODAL = "watch.modal";

/** The form of a watch as it stands, with what it would have said. */
export interface WatchModal {
  /** Left out: it is to be added. */
  readonly watchId?: string;
  /** The channel in which it was asked for. */
  readonly openedIn?: string;
  /** Which state of the watch it was drawn from. */
  readonly version?: string;
  readonly form: WatchForm;
  readonly workspaces: readonly string[];
  /** The apps that have a name. */
  readonly apps: readonly App[];
  readonly preview: PreviewShown;
}

/** What a modal of a watch remembers besides what stands in it. */
export interface WatchModalMemory {
  readonly watchId?: string;
  readonly openedIn?: string;
  readonly version?: string;
  /** All of it: Slack may send back only what somebody touched since the form was drawn. */
  readonly form: WatchForm;
}

/** How long what a modal remembers may be. */
const MOST_MEMORY = 3_000;

/** No text of a watch is so long: what stands for one that cannot be remembered is refused as the text itself. */
const TOO_LONG = "too long: type it again";

/** The form to add or edit a watch. */
export function watchModal(modal: WatchModal): ModalView {
  const { watchId, openedIn, version, form, workspaces, apps, preview } = modal;
  const memory: WatchModalMemory = {
    ...(watchId && { watchId }),
    ...(openedIn && { openedIn }),
    ...(version && { version }),
    form,
  };
  return {
    type: "modal",
    callback_id: WATCH_MODAL,
    private_metadata: written(memory),
    title: plain(watchId ? "Edit a watch" : "Watch sessions", 24),
    submit: plain(watchId ? "Save" : "Watch", 24),
    close: plain("Cancel", 24),
    blocks: [
      ...(watchId ? [footer([`Watch ${watchId}`])] : []),
      ...whatBlocks(form, workspaces, apps),
      ...howBlocks(form),
      { type: "divider" },
      ...previewBlocks(preview),
      { type: "divider" },
      ...whoBlocks(form),
      ...quietBlocks(form),
      ...appBlocks(form),
    ],
  };
}

/** Only an address is typed at any length. */
function written(memory: WatchModalMemory): string {
  const json = JSON.stringify(memory);
  return json.length <= MOST_MEMORY
    ? json
    : JSON.stringify({ ...memory, form: { ...memory.form, runbook: TOO_LONG } });
}

/** Reads back what a modal of a watch remembers. */
export const readWatchMemory = (view: { readonly private_metadata: string }): WatchModalMemory =>
  JSON.parse(view.private_metadata) as WatchModalMemory;
