import type { ModalView } from "@slack/types";
import type { Explanation } from "../../../reports/why.ts";
import type { Watch } from "../../../settings/watch.ts";
import { explainInWords } from "../../../text/why.ts";
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
  const [what = "", ...why] = explainInWords(explanation, watch.series.unit, zone).map((line) =>
    harmless(line, 600),
  );
  return {
    type: "modal",
    callback_id: "why",
    title: plain("Why?", 24),
    close: plain("Close", 24),
    blocks: [
      section(`*${titleOf({ watch }, 80)}*\n${what}`),
      section(
        why
          .map((line) => `• ${line}`)
          .join("\n")
          .slice(0, 2_900),
      ),
      footer([
        `Watch ${watch.id}`,
        watch.series.unit === "hour" ? `times in ${zone}` : "daily",
        `Another ${watch.series.unit}: /tidewatch why ${watch.id} ${watch.series.unit === "hour" ? "yesterday 14:00" : "yesterday"}`,
      ]),
    ],
  };
}
