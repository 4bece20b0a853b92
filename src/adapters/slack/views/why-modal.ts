import type { ModalView } from "@slack/types";
import type { Explanation } from "../../../reports/why.ts";
import type { Watch } from "../../../settings/watch.ts";
import { views } from "../../../text/forms/views.ts";
import { whyFooter, whyText, whyView } from "../../../text/why.ts";
import { footer, section } from "../blocks/blocks.ts";
import { plain } from "../blocks/elements.ts";
import { plain as harmless } from "../commands/plain.ts";
import { titleOf } from "../messages/title.ts";

/** The numbers behind a verdict, in plain words. */
export function whyModal({
  watch,
  explanation,
  zone,
}: {
  readonly watch: Watch;
  readonly explanation: Explanation;
  readonly zone: string;
}): ModalView {
  const { headline, lines, details } = whyText(explanation, watch.series, zone);
  const list = (items: readonly string[], heading = "") =>
    section(`${heading}${items.map((line) => `• ${harmless(line, 600)}`).join("\n")}`.slice(0, 2_900));
  return {
    type: "modal",
    callback_id: "why",
    title: plain(whyView.title, 24),
    close: plain(views.close, 24),
    blocks: [
      section(`*${titleOf({ watch }, 80)}*\n${harmless(headline, 600)}`),
      list(lines),
      ...(details.length > 0 ? [list(details, `*${whyView.details}*\n`)] : []),
      footer(whyFooter(watch, zone)),
    ],
  };
}
