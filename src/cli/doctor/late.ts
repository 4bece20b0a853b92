import type { Row } from "../../adapters/braze/answers/answer.ts";
import { instantsOf } from "../../adapters/braze/answers/time-text.ts";
import type { StoredSeries } from "../../pipeline/ports/series.ts";
import { HOUR, hourOf } from "../../time/time.ts";
import { type CheckResult, failed, note, passed } from "./result.ts";

/** What is compared: today's response and what the bot stored when it read the same hours. */
export interface LateEvidence {
  readonly rows: readonly Row[];
  readonly stored: Pick<StoredSeries, "history" | "collectedThrough"> | undefined;
  readonly naiveZone: string;
  /** How much of the past the bot reads again each hour, in milliseconds. */
  readonly trailing: number;
}

/** How long an hour still grows. One response cannot show this, but the stored counts of the same hours can. */
export function lateResult({ rows, stored, naiveZone, trailing }: LateEvidence): CheckResult {
  const ages = rows.flatMap(({ time, value }) => {
    const instant = instantsOf(time, naiveZone)?.[0];
    if (!stored || instant === undefined) return [];
    const { history, collectedThrough } = stored;
    const known = history.values[(hourOf(instant) - history.first) / HOUR];
    // The age of the hour at its last reading: downtime of the bot for a day does not mean that Braze is late by a day.
    return known === undefined ? [] : [{ age: collectedThrough - hourOf(instant), changed: known !== value }];
  });
  if (ages.length === 0) {
    return note(
      "how late an hour still rises cannot be seen yet",
      "Ask again once Tidewatch has watched for some hours.",
    );
  }
  const changed = ages.filter((hour) => hour.changed).map(({ age }) => age);
  const compared = `of ${ages.length} hours that are stored`;
  if (changed.length === 0) return passed(`${compared} none has changed since`);
  const oldest = Math.max(0, ...changed) / HOUR;
  const what = `${compared} ${changed.length} changed since, the oldest of them more than ${oldest} h after its end`;
  if (oldest * HOUR < trailing) return passed(`${what}; TRAILING_WINDOW reads them again`);
  return failed(what, `Set TRAILING_WINDOW above ${oldest}h, so that late sessions are read.`);
}
