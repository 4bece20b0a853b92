import type { AnyBlock, KnownBlock } from "@slack/types";
import type { Block } from "../../../pipeline/ports/messages.ts";
import type { Preview } from "../../../reports/preview.ts";
import { previewBasis, previewText } from "../../../text/preview.ts";
import { footer, section } from "../blocks/blocks.ts";
import { mrkdwn } from "../blocks/mrkdwn.ts";
import { plain as harmless } from "../commands/plain.ts";

/** The progress of a preview. */
export type PreviewShown =
  | { readonly kind: "waiting" }
  /** The numbers are known; the chart follows. */
  | { readonly kind: "counted"; readonly preview: Preview }
  | { readonly kind: "drawn"; readonly preview: Preview; readonly chartImage: Block }
  /** Why there is no preview, as a full sentence. */
  | { readonly kind: "impossible"; readonly why: string };

/** What the watch would have alerted on in the last weeks, as a number and as a chart. */
export function previewBlocks(shown: PreviewShown): AnyBlock[] {
  switch (shown.kind) {
    case "waiting":
      return [
        section("*Preview*\n⏳ Reading the last 8 weeks…"),
        footer(["This takes a few seconds for a series that is not watched yet"]),
      ];
    case "impossible":
      return [section(`*Preview*\n${harmless(shown.why, 600)}`)];
    case "counted":
      return [section(`*Preview*\n${previewWords(shown.preview)}`), ...basisBlocks(shown.preview)];
    case "drawn":
      return [
        section(`*Preview*\n${previewWords(shown.preview)}`),
        shown.chartImage as unknown as AnyBlock,
        ...basisBlocks(shown.preview),
      ];
  }
}

/** The alerts of a preview, at the chosen sensitivity and at others. */
export const previewWords = (preview: Preview): string => mrkdwn(previewText(preview));

/** The data behind the preview. */
export const basisBlocks = (preview: Preview): KnownBlock[] => [footer(previewBasis(preview))];
