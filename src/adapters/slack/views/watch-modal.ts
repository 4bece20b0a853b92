import type { ModalView } from "@slack/types";
import type { App } from "../../../core/app.ts";
import { footer, section } from "../blocks.ts";
import { plain } from "../elements.ts";
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
  readonly form: WatchForm;
  readonly workspaces: readonly string[];
  /** The apps that have a name. */
  readonly apps: readonly App[];
  readonly preview: PreviewShown;
}

/** What a modal of a watch remembers besides what stands in it. */
export interface WatchModalMemory {
  readonly watchId?: string;
  readonly form: Pick<WatchForm, "workspace" | "app" | "direction" | "sensitivity">;
}

/** The form to add or edit a watch. */
export function watchModal({ watchId, form, workspaces, apps, preview }: WatchModal): ModalView {
  const { workspace, app, direction, sensitivity } = form;
  const memory: WatchModalMemory = {
    ...(watchId && { watchId }),
    form: { workspace, app, direction, sensitivity },
  };
  return {
    type: "modal",
    callback_id: WATCH_MODAL,
    private_metadata: JSON.stringify(memory),
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

/** Reads back what a modal of a watch remembers. */
export const readWatchMemory = (view: { readonly private_metadata: string }): WatchModalMemory =>
  JSON.parse(view.private_metadata) as WatchModalMemory;

/** A modal that is there at once, while what it shows is read: Slack waits three seconds for it. */
export const loadingModal = (title: string): ModalView => ({
  type: "modal",
  callback_id: "loading",
  title: plain(title, 24),
  close: plain("Cancel", 24),
  blocks: [section("⏳ One moment…")],
});

/** That a watch is saved, with what keeps its channel from being told. */
export const savedModal = (watchId: string | undefined, obstacle: string | undefined): ModalView => ({
  type: "modal",
  callback_id: "saved",
  title: plain(watchId ? "Saved" : "Watched", 24),
  close: plain("Close", 24),
  blocks: [
    section(obstacle ? "✅ Done." : "✅ Done: its channel is told."),
    ...(obstacle ? [section(`⚠️ ${obstacle}`)] : []),
  ],
});
