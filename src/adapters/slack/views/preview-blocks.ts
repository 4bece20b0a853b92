import type { AnyBlock, KnownBlock } from "@slack/types";
import type { Block } from "../../../pipeline/ports/messages.ts";
import type { Preview } from "../../../reports/preview.ts";
import { previewWords as words } from "../../../text/forms/views.ts";
import { previewBasis, previewText } from "../../../text/preview.ts";
import { strong } from "../../../text/text.ts";
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
      return [previewSection(words.waiting), footer([words.waitingWhy])];
    case "impossible":
      return [previewSection(harmless(shown.why, 600))];
    case "counted":
      return [previewSection(previewWords(shown.preview)), ...basisBlocks(shown.preview)];
    case "drawn":
      return [
        previewSection(previewWords(shown.preview)),
        shown.chartImage as unknown as AnyBlock,
        ...basisBlocks(shown.preview),
      ];
  }
}

const previewSection = (below: string) => section(`${mrkdwn([strong(words.title)])}\n${below}`);

/** The alerts of a preview, at the chosen sensitivity and at others. */
const previewWords = (preview: Preview): string => mrkdwn(previewText(preview));

/** The data behind the preview. */
const basisBlocks = (preview: Preview): KnownBlock[] => [footer(previewBasis(preview))];
