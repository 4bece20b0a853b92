import type { DataState } from "../../health/no-data.ts";
import { seriesId } from "../../series/series.ts";
import { type Watch, watchTitle } from "../../settings/watch.ts";
import { counted } from "../numbers.ts";
import { dataStateWords } from "../overview.ts";
import { quietWords } from "../quiet-hours.ts";
import { sensitivityWords } from "../sensitivity.ts";
import { channel, code, joined, name, strong, type Text, text, time } from "../text.ts";
import { type Answer, footer, listOf, paragraph } from "./answer.ts";
import { factLine, watchFacts } from "./facts.ts";

/** All watches, one line each. @param data what is known of each series, by its id */
export function listAnswer(watches: readonly Watch[], data: ReadonlyMap<string, DataState>): Answer {
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
  return listOf(
    [title],
    [strong(title)],
    watches.map((watch) => watchLine(watch, data.get(seriesId(watch.series)) ?? {})),
  );
}

function watchLine(watch: Watch, data: DataState): Text {
  const blind = dataStateWords(data, watch.series.unit);
  return joined(
    [
      text`${code(watch.id)} ${name(watchTitle(watch), 120)}`,
      ...(watch.series.unit === "day" ? ["by the day"] : []),
      ...(watch.direction === "both" ? [] : [`${watch.direction}s only`]),
      `sensitivity ${sensitivityWords(watch.sensitivity)}`,
      [channel(watch.channel)],
      ...(watch.quiet ? [quietWords(watch.quiet)] : []),
      ...(blind ? [text`⚪ ${blind}`] : []),
    ],
    " · ",
  );
}

/** One watch with all its settings, and what keeps it from seeing anomalies. */
export function showAnswer(watch: Watch, data: DataState): Answer {
  const blind = dataStateWords(data, watch.series.unit);
  return {
    headline: text`Watch ${watch.id}`,
    parts: [
      paragraph(
        text`${strong(text`Watch ${code(watch.id)}`)}\n${joined(watchFacts(watch).map(factLine), "\n")}`,
      ),
      ...(blind ? [paragraph(text`⚪ At present: ${blind}`)] : []),
      footer(text`Watched since ${time(watch.createdAt)}`),
    ],
  };
}
