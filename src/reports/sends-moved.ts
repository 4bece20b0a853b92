import { hourOfSend } from "../detector/hours-after-sends.ts";
import { usualWithoutSends } from "../detector/send-effect.ts";
import { isOfSessions } from "../metrics/metrics.ts";
import { SEND_REACH, type Send } from "../series/sends.ts";
import { seriesId } from "../series/series.ts";
import type { Watch } from "../settings/watch.ts";
import { HOUR } from "../time/time.ts";
import type { Past } from "./suggest.ts";
import type { Period } from "./totals.ts";

/** A campaign or Canvas, and the sessions in the four hours from each of its sends on, beside those usual without. */
export interface SendMoved extends Pick<Send, "name" | "kind" | "channels"> {
  /** How often it was sent. */
  readonly sends: number;
  readonly observed: number;
  readonly expected: number;
}

/** A watch, what was counted, and what its workspace sent. */
interface Sent {
  readonly watch: Watch;
  readonly past?: Past;
  readonly sends?: readonly Send[];
}

/** Less than this is within what hours differ anyway. */
const LEAST = 0.1;

/** The campaigns of a period after whose sends sessions differed most from what is usual, the most first. */
export function sendsMoved({ from, to }: Period, watched: readonly Sent[]): SendMoved[] {
  const moved = new Map<string, SendMoved>();
  for (const { past, watch, sends = [] } of countedOnce(watched)) {
    const valueAt = (hour: number) => past?.values[(hour - past.first) / HOUR];
    for (const send of sends.filter(({ time }) => time >= from && time < to)) {
      const hours = Array.from({ length: SEND_REACH.hour / HOUR + 1 }, (_, i) => hourOfSend(send) + i * HOUR);
      const key = `${watch.series.workspace} ${send.kind} ${send.id}`;
      const before = moved.get(key);
      let { observed, expected } = before ?? { observed: 0, expected: 0 };
      for (const hour of hours) {
        const value = valueAt(hour);
        const usual = usualWithoutSends(hour, sends, valueAt);
        if (value === undefined || usual === undefined) continue;
        observed += value;
        expected += usual;
      }
      const { name, kind, channels } = send;
      const times = sends.filter(({ id, time }) => id === send.id && time >= from && time < to).length;
      moved.set(key, { name, kind, ...(channels && { channels }), sends: times, observed, expected });
    }
  }
  const size = ({ observed, expected }: SendMoved) => Math.abs(observed - expected);
  return [...moved.values()]
    .filter((one) => one.expected > 0 && size(one) >= LEAST * one.expected)
    .sort((a, b) => size(b) - size(a));
}

/** Hourly sessions of whole apps: of the sum over all apps where it is watched, else of each. */
function countedOnce(watched: readonly Sent[]): Sent[] {
  const ofApps = watched.filter(
    ({ watch: { series } }) => isOfSessions(series) && series.unit === "hour" && series.segment === undefined,
  );
  const summed = new Set(
    ofApps.filter(({ watch }) => watch.series.app === undefined).map(({ watch }) => watch.series.workspace),
  );
  const ids = new Set<string>();
  return ofApps.filter(({ watch: { series } }) => {
    const id = seriesId(series);
    const isCounted = !ids.has(id) && summed.has(series.workspace) === (series.app === undefined);
    ids.add(id);
    return isCounted;
  });
}
