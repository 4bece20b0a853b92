import type { Row } from "../../adapters/braze/answer.ts";
import { instantsOf } from "../../adapters/braze/time-text.ts";
import { HOUR, hourOf, type Instant } from "../../core/time.ts";
import type { History } from "../../pipeline/ports/series.ts";
import { type Finding, note, right, wrong } from "./finding.ts";

/** What is compared: the answer of today with what the bot stored when it read the same hours. */
export interface LateEvidence {
  readonly rows: readonly Row[];
  readonly stored: History | undefined;
  readonly now: Instant;
  readonly naiveZone: string;
  /** How much of the past the bot reads again each hour, in milliseconds. */
  readonly trailing: number;
}

/** How late an hour still rises: one answer cannot tell, but what was stored of the same hours can. */
export function lateFinding({ rows, stored, now, naiveZone, trailing }: LateEvidence): Finding {
  const ages = rows.flatMap(({ time, sessions }) => {
    const instant = instantsOf(time, naiveZone)?.[0];
    if (!stored || instant === undefined) return [];
    const known = stored.sessions[(hourOf(instant) - stored.first) / HOUR];
    return known === undefined ? [] : [{ age: now - instant - HOUR, changed: known !== sessions }];
  });
  if (ages.length === 0) {
    return note(
      "how late an hour still rises cannot be seen yet",
      "Ask again once Tidewatch has watched for some hours.",
    );
  }
  const changed = ages.filter((hour) => hour.changed).map(({ age }) => age);
  const compared = `of ${ages.length} hours that are stored`;
  if (changed.length === 0) return right(`${compared} none has changed since`);
  const oldest = Math.max(0, Math.round((10 * Math.max(...changed)) / HOUR) / 10);
  const what = `${compared} ${changed.length} changed since, the oldest of them ${oldest} h after its end`;
  if (oldest * HOUR <= trailing) return right(`${what}; TRAILING_WINDOW reads them again`);
  return wrong(what, `Set TRAILING_WINDOW above ${Math.ceil(oldest)}h, so that late sessions are read.`);
}
