import type { FaultKind } from "../../simulator/braze/faults.ts";
import type { Kind } from "../../simulator/destinations/kinds.ts";
import type { Fault } from "../../simulator/slack/faults.ts";
import type { Interruption } from "./ask-change.ts";
import { type Ask, askNames } from "./asks.ts";
import { destinationKinds } from "./elsewhere.ts";
import { type HistoryLoss, historyLosses, type ScheduleLoss, scheduleLosses } from "./losses.ts";

/** What can be made to fail. */
export const areas = [
  ...(["kill", "between", "reply", "redis", "slack", "braze", "elsewhere"] as const),
  ...(["change", "history", "schedule", "workspace"] as const),
] as const;

export type Area = (typeof areas)[number];

/** Something that goes wrong in a run: in which hour of the story, and how long after that hour can be evaluated. */
export type Mishap = { readonly hour: number; readonly after: number } & (
  | { readonly kind: "kill" }
  /** Out of reach for so many milliseconds. */
  | {
      readonly kind: "redis-gone" | "slack-gone" | "elsewhere-gone" | "braze-refuses";
      readonly lasts: number;
    }
  | { readonly kind: "slack-fails"; readonly method: string; readonly fault: Fault; readonly times: number }
  | { readonly kind: "elsewhere-fails"; readonly at: Kind; readonly fault: Fault; readonly times: number }
  | { readonly kind: "braze-fails"; readonly fault: FaultKind; readonly times: number }
  /** The worker is killed, or only loses a reply, at a command about one of its keys. */
  | { readonly kind: "worker-cut"; readonly cut: Interruption }
  | { readonly kind: "change"; readonly ask: Ask; readonly cut: Interruption }
  | { readonly kind: "history-lost"; readonly series: string; readonly what: HistoryLoss }
  | { readonly kind: "schedule-lost"; readonly what: ScheduleLoss }
  /** The other workspace does not answer. */
  | { readonly kind: "workspace-hangs" }
);

const slackFaults: readonly Fault[] = [
  { kind: "rate-limit", retryAfter: 1 },
  ...[500, 503].flatMap((status) => [
    { kind: "status" as const, status },
    { kind: "status" as const, status, stored: true },
  ]),
  ...(["stall", "drop"] as const).flatMap((kind) => [{ kind }, { kind, stored: true }]),
  { kind: "garbled", stored: true },
  { kind: "error", error: "internal_error", stored: true },
];

const elsewhereFaults: readonly Fault[] = [
  { kind: "rate-limit", retryAfter: 1 },
  { kind: "status", status: 500 },
  { kind: "status", status: 503, stored: true },
  { kind: "drop" },
  { kind: "drop", stored: true },
];

// Posts are what may be said twice, so most of the faults are theirs.
const slackMethods = [
  ...["chat.postMessage", "chat.postMessage", "chat.postMessage"],
  ...["chat.update", "conversations.history", "conversations.replies", "*"],
];

const brazeFaults: readonly FaultKind[] = [
  ...(["server-error", "bad-gateway", "reset", "stall", "stall-midway"] as const),
  ...(["truncated", "cut-off", "rate-limited", "queued", "no-success"] as const),
];

/** What the worker writes, a change and its announcement among it. */
const workerWords = [
  ...[
    ":changes:unannounced",
    ":message",
    ":incident:",
    ":outbox",
    ":delivery",
    ":alert-group:",
    ":live",
    ":rechecks",
  ],
  ...[
    ":history",
    ":series",
    ":progress",
    ":ingestion-delays",
    ":journal",
    ":audit:",
    ":health-issues",
    ":limit-usage",
  ],
  ...[
    "queues}:tick:",
    "queues}:collect.",
    "queues}:evaluate:",
    "queues}:notify:",
    "queues}:deliver:",
    "queues}:announce:",
  ],
];

const seriesNames = ["main.ios.all.hour", "main.android.all.hour", "main.web.all.hour", "eu.web.all.hour"];

/** Three to five mishaps of these areas, somewhere in the story's hours. */
export function planOf(areas: readonly Area[], hours: number, random: () => number): Mishap[] {
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!;
  const mishapOf = (area: Area): Mishap => {
    const when = { hour: 1 + Math.floor(random() * (hours - 1)), after: Math.floor(random() * 250) };
    const times = 1 + Math.floor(random() * 2);
    const lasts = 100 + Math.floor(random() * 400);
    const isGone = random() < 0.2;
    const killed = () => pick(["killed before", "killed after"] as const);
    const skip = Math.floor(random() * 6);
    switch (area) {
      case "kill":
        return { ...when, kind: "kill" };
      case "between":
        return { ...when, kind: "worker-cut", cut: { what: killed(), word: pick(workerWords), skip } };
      case "reply":
        return { ...when, kind: "worker-cut", cut: { what: "reply lost", word: pick(workerWords), skip } };
      case "change":
        return { ...when, kind: "change", ask: pick(askNames), cut: changeCut(random, pick) };
      case "history":
        return {
          ...{ ...when, kind: "history-lost" as const, series: pick(seriesNames) },
          what: pick(Object.keys(historyLosses) as HistoryLoss[]),
        };
      case "schedule":
        return { ...when, kind: "schedule-lost", what: pick(Object.keys(scheduleLosses) as ScheduleLoss[]) };
      case "workspace":
        return { ...when, kind: "workspace-hangs" };
      case "redis":
        return { ...when, kind: "redis-gone", lasts };
      case "slack":
        return isGone
          ? { ...when, kind: "slack-gone", lasts }
          : { ...when, kind: "slack-fails", method: pick(slackMethods), fault: pick(slackFaults), times };
      case "elsewhere":
        return isGone
          ? { ...when, kind: "elsewhere-gone", lasts }
          : {
              ...when,
              kind: "elsewhere-fails",
              at: pick(destinationKinds),
              fault: pick(elsewhereFaults),
              times,
            };
      case "braze":
        return isGone
          ? { ...when, kind: "braze-refuses", lasts }
          : { ...when, kind: "braze-fails", fault: pick(brazeFaults), times: 3 * times };
    }
  };
  return Array.from({ length: 3 + Math.floor(random() * 3) }, () => mishapOf(pick(areas)));
}

/** Where a change is cut short: at its entry in the change log, or at any other command. */
function changeCut(random: () => number, pick: <T>(choices: readonly T[]) => T): Interruption {
  const what = pick(["killed before", "killed after", "killed after", "reply lost"] as const);
  return random() < 0.5
    ? { what, word: ":changes:unannounced", skip: 0 }
    : { what, word: "", skip: Math.floor(random() * 16) };
}

/** What it is called in the figures: `Slack: status 500, stored`. */
export function nameOf(mishap: Mishap): string {
  switch (mishap.kind) {
    case "kill":
      return "worker: kill -9";
    case "worker-cut":
      return mishap.cut.what === "reply lost"
        ? "worker: one reply of Redis lost"
        : `worker: ${mishap.cut.what.replace("killed", "kill -9")} a write`;
    case "change":
      return `change: its person's ${mishap.cut.what === "reply lost" ? "reply lost" : `process ${mishap.cut.what} a command`}`;
    case "history-lost":
      return `Redis: loses of a series ${mishap.what}`;
    case "schedule-lost":
      return `Redis: loses ${mishap.what}`;
    case "workspace-hangs":
      return "Braze: the other workspace hangs";
    case "redis-gone":
      return "Redis: restarted";
    case "slack-gone":
      return "Slack: refuses connections";
    case "elsewhere-gone":
      return "destinations: refuse connections";
    case "elsewhere-fails":
      return `${mishap.at}: ${mishap.fault.kind}${"stored" in mishap.fault && mishap.fault.stored ? ", work done" : ""}`;
    case "braze-refuses":
      return "Braze: 401";
    case "braze-fails":
      return `Braze: ${mishap.fault}`;
    case "slack-fails": {
      const { fault } = mishap;
      const status = "status" in fault ? ` ${fault.status}` : "";
      return `Slack: ${fault.kind}${status}${"stored" in fault && fault.stored ? ", work done" : ""}`;
    }
  }
}
