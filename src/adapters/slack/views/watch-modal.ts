import type { ModalView } from "@slack/types";
import type { UserGroup } from "../../../pipeline/ports/slack.ts";
import type { App } from "../../../series/app.ts";
import { roomWords, watchForm as words } from "../../../text/forms/watch.ts";
import { footer } from "../blocks/blocks.ts";
import { actions, button, plain } from "../blocks/elements.ts";
import { type PreviewShown, previewBlocks } from "./preview-blocks.ts";
import { SUGGEST_INSTEAD } from "./suggest-modal.ts";
import { advancedBlocks } from "./watch-blocks/advanced.ts";
import { howBlocks } from "./watch-blocks/how.ts";
import { whatBlocks } from "./watch-blocks/what.ts";
import type { WatchForm } from "./watch-form.ts";

/** The callback id of the watch form. */
export const WATCH_MODAL = "watch.modal";

/** The current watch form with its preview. */
export interface WatchModal {
  /** Missing for a new watch. */
  readonly watchId?: string;
  /** The channel in which the form was opened. */
  readonly openedIn?: string;
  /** The version of the watch that the form shows. */
  readonly version?: string;
  readonly form: WatchForm;
  readonly workspaces: readonly string[];
  /** The apps with a name. */
  readonly apps: readonly App[];
  readonly preview: PreviewShown;
  /** Whether the second step is shown below the first. */
  readonly isAdvanced?: boolean;
  /** The user groups to choose from; left out where Slack does not list them. */
  readonly groups?: readonly UserGroup[];
  /** How many more series fit in the pool that this one is read from, where that pool is small. */
  readonly room?: number;
}

/** The metadata of the watch form. */
export interface WatchModalMemory {
  readonly watchId?: string;
  readonly openedIn?: string;
  readonly version?: string;
  readonly isAdvanced?: boolean;
  /** The whole form, because Slack may return only the fields edited since the last update. */
  readonly form: WatchForm;
}

/** The maximum length of a modal's metadata. */
const MOST_MEMORY = 3_000;

/**
 * A marker for text that is too long to store. No setting accepts a text of this form, so it is refused like the text
 * itself.
 */
const TOO_LONG = words.runbook.tooLong;

/** The form to add or edit a watch. */
export function watchModal(modal: WatchModal): ModalView {
  const { watchId, openedIn, version, isAdvanced = false, form, workspaces, apps, preview, room } = modal;
  const way = watchId ? "edit" : "add";
  const memory: WatchModalMemory = {
    ...(watchId && { watchId }),
    ...(openedIn && { openedIn }),
    ...(version && { version }),
    ...(isAdvanced && { isAdvanced }),
    form,
  };
  return {
    type: "modal",
    callback_id: WATCH_MODAL,
    private_metadata: written(memory),
    title: plain(words.titles[way], 24),
    submit: plain(words.submits[way], 24),
    close: plain(words.cancel, 24),
    blocks: [
      ...(watchId
        ? [footer([words.of(watchId)])]
        : [actions([button(SUGGEST_INSTEAD, words.suggest, form.workspace)])]),
      ...whatBlocks(form, workspaces, apps),
      ...(room === undefined ? [] : [footer([roomWords(room)])]),
      ...howBlocks(form),
      { type: "divider" },
      ...previewBlocks(preview),
      { type: "divider" },
      ...advancedBlocks(form, isAdvanced, modal.groups),
    ],
  };
}

/** Only addresses have an unlimited length. */
function written(memory: WatchModalMemory): string {
  const json = JSON.stringify(memory);
  return json.length <= MOST_MEMORY
    ? json
    : JSON.stringify({ ...memory, form: { ...memory.form, runbook: TOO_LONG } });
}

/** Reads the metadata of the watch form. */
export const readWatchMemory = (view: { readonly private_metadata: string }): WatchModalMemory =>
  JSON.parse(view.private_metadata) as WatchModalMemory;
