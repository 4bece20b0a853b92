import type { ModalView } from "@slack/types";
import type { Breakdown } from "../../../incidents/breakdown.ts";
import type { Incident } from "../../../incidents/incident.ts";
import type { Watch } from "../../../settings/watch.ts";
import { movedText, movedView } from "../../../text/breakdown.ts";
import { views } from "../../../text/forms/views.ts";
import { section } from "../blocks/blocks.ts";
import { plain } from "../blocks/elements.ts";
import { mrkdwn } from "../blocks/mrkdwn.ts";
import { titleOf } from "../messages/title.ts";

/** What an incident is made of: each part with its numbers. */
export const movedModal = ({
  watch,
  incident,
  breakdown,
}: {
  readonly watch: Watch;
  readonly incident: Pick<Incident, "direction">;
  readonly breakdown: Breakdown | undefined;
}): ModalView => ({
  type: "modal",
  callback_id: "moved",
  title: plain(movedView.title, 24),
  close: plain(views.close, 24),
  blocks: [
    section(`*${titleOf({ watch }, 80)}*`),
    ...movedText(breakdown, incident.direction, watch.series).map((paragraph) =>
      section(mrkdwn(paragraph).slice(0, 2_900)),
    ),
  ],
});
