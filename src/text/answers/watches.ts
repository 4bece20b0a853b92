import { type Watch, watchTitle } from "../../settings/watch.ts";
import { counted } from "../numbers.ts";
import { quietWords } from "../quiet-hours.ts";
import { sensitivityWords } from "../sensitivity.ts";
import { channel, code, joined, name, strong, type Text, text, time } from "../text.ts";
import { type Answer, footer, listOf, paragraph } from "./answer.ts";
import { factLine, watchFacts } from "./facts.ts";

/** All watches, one line each. */
export function listAnswer(watches: readonly Watch[]): Answer {
  if (watches.length === 0)
    return {
      headline: text`No watches yet`,
      parts: [
        paragraph(
          text`No watches yet. ${code("/tidewatch watch")} opens a form. ${code("/tidewatch help watch")} shows how to type one.`,
        ),
      ],
    };
  const title = counted(watches.length, "watch");
  return listOf([title], [strong(title)], watches.map(watchLine));
}

const watchLine = (watch: Watch): Text =>
  joined(
    [
      text`${code(watch.id)} ${name(watchTitle(watch), 120)}`,
      ...(watch.series.unit === "day" ? ["by the day"] : []),
      ...(watch.direction === "both" ? [] : [`${watch.direction}s only`]),
      `sensitivity ${sensitivityWords(watch.sensitivity)}`,
      [channel(watch.channel)],
      ...(watch.quiet ? [quietWords(watch.quiet)] : []),
    ],
    " · ",
  );

/** One watch with all its settings. */
export const showAnswer = (watch: Watch): Answer => ({
  headline: text`Watch ${watch.id}`,
  parts: [
    paragraph(
      text`${strong(text`Watch ${code(watch.id)}`)}\n${joined(watchFacts(watch).map(factLine), "\n")}`,
    ),
    footer(text`Watched since ${time(watch.createdAt)}`),
  ],
});
