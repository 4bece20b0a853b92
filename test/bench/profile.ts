import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The part of a V8 profile that is read here: calls as a tree, and which of them ran at each sample. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  /** In microseconds of the clock of `process.hrtime`. */
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Whose work a call is, by the file that it is in; the first that matches. */
const parts: readonly (readonly [part: string, file: RegExp])[] = [
  [
    "Redis client",
    /node_modules\/(ioredis|@ioredis|cluster-key-slot|standard-as-callback)\/|src\/adapters\/redis\/connection\//,
  ],
  ["BullMQ", /node_modules\/(bullmq|msgpackr|cron-parser|semver)\//],
  ["Braze", /node_modules\/undici\/|src\/adapters\/braze\//],
  ["decoding", /src\/adapters\/redis\/|src\/detector\/state\/codec/],
  ["detector", /src\/(detector|reports|incidents)\//],
  ["pipeline", /\/(src|workers)\//],
  ["metrics and log", /node_modules\/(prom-client|pino|sonic-boom|@opentelemetry)\//],
];

/** What runs under no part: sockets, timers, promises. */
const REST = "Node itself";

/** What V8 itself does. */
const ofV8 = new Map([
  ["(garbage collector)", "garbage collection"],
  ["(program)", REST],
]);

/**
 * The share that each part has of the time that was not idle between two instants of `process.hrtime`, the most first.
 * What Node and libraries do on behalf of a part counts as the part's. Shares, and not times, since V8 also counts the
 * time in which the process waits for a processor.
 */
export function sharesByPart(folder: string, from: bigint, to: bigint): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { profile, partOf } of profilesIn(folder)) {
    let at = profile.startTime;
    for (const [i, id] of profile.samples.entries()) {
      at += profile.timeDeltas[i]!;
      const part = partOf.get(id);
      if (part === undefined || at < Number(from) / 1_000 || at > Number(to) / 1_000) continue;
      totals.set(part, (totals.get(part) ?? 0) + profile.timeDeltas[i]!);
    }
  }
  const sum = [...totals.values()].reduce((total, time) => total + time, 0);
  return new Map(
    [...totals].map(([part, time]) => [part, time / sum] as const).sort(([, a], [, b]) => b - a),
  );
}

const profilesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".cpuprofile"))
    .map((name) => {
      const profile = JSON.parse(readFileSync(join(folder, name), "utf8")) as CpuProfile;
      return { profile, partOf: partsIn(profile) };
    });

/** The part of each call; none while the process is idle. */
function partsIn({ nodes }: CpuProfile): Map<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const found = new Map<number, string>();
  const visit = (id: number, inherited: string) => {
    const { callFrame, children = [] } = byId.get(id)!;
    const { functionName, url } = callFrame;
    if (functionName === "(idle)") return;
    const own = ofV8.get(functionName) ?? parts.find(([, file]) => file.test(url))?.[0] ?? inherited;
    found.set(id, own);
    for (const child of children) visit(child, own);
  };
  visit(nodes[0]!.id, REST);
  return found;
}
