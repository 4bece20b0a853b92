import { mean } from "simple-statistics";
import { table } from "../chaos/figures.ts";
import type { Sample } from "./soak.ts";

/** What is kept of each incident until its life is over: 90 or 400 days. */
const OF_INCIDENTS =
  /^(incident|alert-group|message|live|incidents|alert-groups|audit:.*|change.*|rechecks|outbox|exclusion.*|failures)$/;
const KIND = {
  "history and state": /^(history|series)$/,
  journal: /^journal$/,
  lists: /^(progress|watch.*|ingestion-delays|mutes|health-issues)$/,
  queues: /^queue /,
  "of incidents": OF_INCIDENTS,
} as const;

const bytesOf = ({ kinds }: Sample, pattern: RegExp): number =>
  [...kinds].filter(([kind]) => pattern.test(kind)).reduce((sum, [, bytes]) => sum + bytes, 0);

/** A figure that has to be flat: what it is, what it may grow by from the second third to the last, and its values. */
interface Flat {
  readonly what: string;
  readonly most: number;
  /** Up to which it may grow all the same, since something known stops it there. */
  readonly cap?: number;
  readonly of: (sample: Sample) => number;
}

const flat: readonly Flat[] = [
  { what: "worker, heap in use", most: 0.05, of: ({ heap }) => heap },
  { what: "worker, resident", most: 0.1, of: ({ resident }) => resident },
  { what: "Redis, history and state", most: 0.01, of: (one) => bytesOf(one, KIND["history and state"]) },
  { what: "Redis, lists", most: 0.05, of: (one) => bytesOf(one, KIND.lists) },
  { what: "Redis, queues", most: 0.1, cap: 2 * 2 ** 20, of: (one) => bytesOf(one, KIND.queues) },
  // Seven queues, 100 jobs done and some keys of its own each.
  { what: "Redis, keys of queues", most: 0.02, cap: 800, of: ({ jobs }) => jobs },
  { what: "Redis, keys without a life time", most: 0.02, of: ({ immortal }) => immortal },
  {
    what: "Redis, bytes of each incident",
    most: 0.05,
    of: (one) => bytesOf(one, KIND["of incidents"]) / Math.max(1, one.incidents),
  },
];

/** By what share each figure grew from the second third of the days to the last. */
export function trends(samples: readonly Sample[]): { what: string; growth: number; isFlat: boolean }[] {
  const third = Math.floor(samples.length / 3);
  return flat.map(({ what, most, cap = 0, of }) => {
    const [middle, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)].map((some) =>
      mean(some.map(of)),
    ) as [number, number];
    const growth = last / middle - 1;
    return { what, growth, isFlat: growth <= most || last <= cap };
  });
}

/** The samples as a Markdown table, some of the days. */
export function samplesTable(samples: readonly Sample[], every: number): string {
  const mb = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  return table(
    [
      "day",
      "worker: resident",
      "heap",
      "Redis",
      ...Object.keys(KIND),
      "incidents",
      "keys for ever",
      "of queues",
    ],
    samples
      .filter(({ day }) => day === 1 || day % every === 0)
      .map((one) => [
        one.day,
        mb(one.resident),
        mb(one.heap),
        mb(one.redis),
        ...Object.values(KIND).map((pattern) => mb(bytesOf(one, pattern))),
        one.incidents,
        one.immortal,
        one.jobs,
      ]),
  );
}
