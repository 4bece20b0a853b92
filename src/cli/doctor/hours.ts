import type { Row } from "../../adapters/braze/answers/answer.ts";
import { instantsOf } from "../../adapters/braze/answers/time-text.ts";
import { HOUR, hourOf, type Instant, MINUTE } from "../../time/time.ts";
import { zoneOffset } from "../../time/zone.ts";
import { type CheckResult, failed, note, passed, unknown } from "./result.ts";

/** A response of Braze with the settings that it is read by. */
export interface HoursAnswer {
  readonly rows: readonly Row[];
  /** The number of requested hours. */
  readonly asked: number;
  readonly now: Instant;
  readonly naiveZone: string;
  /** The time zone of the users, which is often that of the company in Braze. */
  readonly zone: string;
  readonly emptyHours: "unknown" | "zero";
}

/** Finds out from one response what Braze does not document about its hours. */
export function hoursResults(answer: HoursAnswer): CheckResult[] {
  const { rows, asked, naiveZone } = answer;
  const [first] = rows;
  if (!first) {
    return [
      unknown(
        "Braze returned no hour at all",
        "Ask again once the workspace has sessions, or watch another app.",
      ),
    ];
  }
  const strange = rows.find(({ time }) => instantsOf(time, naiveZone) === undefined);
  if (strange) {
    const advice = "Report this line to the maintainers of Tidewatch: this form of time is not known yet.";
    return [
      failed(`Braze writes a time that cannot be read: ${JSON.stringify(strange.time.slice(0, 40))}`, advice),
    ];
  }
  const instants = rows.flatMap(({ time }) => instantsOf(time, naiveZone)!.slice(0, 1));
  const newest = Math.max(...instants);
  return [
    passed(`Braze writes hours ${formOf(first.time, naiveZone)}, such as ${first.time}`),
    ...zoneResults(answer, newest, instants),
    orderResult(instants),
    emptyResult(answer, instants),
    rows.length < asked
      ? note(`Braze returned ${rows.length} of ${asked} requested hours; missing hours are requested again`)
      : passed(`Braze returns all ${asked} requested hours`),
  ];
}

const isNaive = (time: string) => !/(Z|[+-]\d{1,2}(:?\d{2})?)$/i.test(time.slice(10));

function formOf(time: string, naiveZone: string): string {
  if (/Z$/i.test(time)) return "in UTC";
  if (isNaive(time)) return `without a zone (read by the clock of ${naiveZone}: BRAZE_NAIVE_TIME_ZONE)`;
  return /[+-]\d(:\d{2})?$/.test(time)
    ? "with an offset that is not ISO 8601, which Tidewatch can read"
    : "with an offset";
}

function zoneResults(answer: HoursAnswer, newest: Instant, instants: readonly Instant[]): CheckResult[] {
  const { now, rows } = answer;
  const age = Math.round((hourOf(now) - newest) / (15 * MINUTE)) / 4;
  const isPlausible = age > -1 && age <= 1;
  if (!isPlausible && isNaive(rows[0]!.time)) return [misread(answer, age)];
  if (age <= -1) {
    const ahead = "Check this machine's clock; if it is right, report this to the maintainers of Tidewatch.";
    return [failed(`the newest hour lies ${-age} h in the future`, ahead)];
  }
  const isCutElsewhere = instants.some((instant) => instant % HOUR !== 0);
  return [
    ...(isCutElsewhere ? [note("hours begin inside UTC hours: they are cut by the company's clock")] : []),
    partialResult(age),
  ];
}

function partialResult(age: number): CheckResult {
  if (age <= 0) return passed("the hour in progress is in the answer; it is left aside until it is over");
  if (age <= 1) return passed("the hour in progress is not in the answer");
  const advice = "If it stays so, raise EVALUATION_DELAY above it, and MISSING_DATA_TIMEOUT above that.";
  return note(`the newest hour in the answer ended ${age - 1} h ago: Braze is late`, advice);
}

/** Times without a zone that are far from now most likely follow another clock. */
function misread({ now, naiveZone, zone }: HoursAnswer, age: number): CheckResult {
  const read = zoneOffset(naiveZone, now) / HOUR;
  // The newest hour is the one in progress, or the one before it.
  const [either, or] = [read - age, read - age + 1];
  const fits = [either, or].includes(zoneOffset(zone, now) / HOUR);
  return failed(
    `read by the clock of ${naiveZone} the newest hour is ${age > 0 ? `${age} h old` : `${-age} h in the future`}: it looks like ${utc(either)} or ${utc(or)}`,
    `Set BRAZE_NAIVE_TIME_ZONE to the company's time zone in Braze${fits ? `; ${zone} would fit` : ""}. If it is right, Braze is that late: raise EVALUATION_DELAY.`,
  );
}

const utc = (hours: number) => `UTC${hours < 0 ? "−" : "+"}${Math.abs(hours)}`;

function orderResult(instants: readonly Instant[]): CheckResult {
  const steps = instants.slice(1).map((instant, i) => Math.sign(instant - instants[i]!));
  if (steps.every((step) => step >= 0)) return passed("hours come oldest first");
  if (steps.every((step) => step <= 0)) return passed("hours come newest first, and are sorted");
  return note("hours come in no order, and are sorted");
}

function emptyResult({ rows, emptyHours }: HoursAnswer, instants: readonly Instant[]): CheckResult {
  const sorted = [...instants].sort((a, b) => a - b);
  const gaps = sorted
    .slice(1)
    .reduce((sum, instant, i) => sum + Math.max(0, (instant - sorted[i]!) / HOUR - 1), 0);
  const zeros = rows.filter(({ value }) => value === 0).length;
  if (gaps === 0 && zeros > 0) return passed("empty hours are returned as zero");
  if (gaps === 0) return note("no hour was empty, so it is unknown whether Braze omits empty hours");
  if (emptyHours === "zero")
    return passed(`${gaps} hours are omitted, and count as zero (BRAZE_EMPTY_HOURS)`);
  return note(
    `${gaps} hours between others are omitted, and count as missing`,
    "If there were no sessions in them, set BRAZE_EMPTY_HOURS=zero.",
  );
}
