import type { FaultKind } from "../../simulator/braze/faults.ts";
import type { Fault } from "../../simulator/slack/faults.ts";

/** What can be made to fail. */
export const areas = ["kill", "redis", "slack", "braze"] as const;

export type Area = (typeof areas)[number];

/** Something that goes wrong in a run: in which hour of the story, and how long after that hour can be evaluated. */
export type Mishap = { readonly hour: number; readonly after: number } & (
  | { readonly kind: "kill" }
  /** Out of reach for so many milliseconds. */
  | { readonly kind: "redis-gone" | "slack-gone" | "braze-refuses"; readonly lasts: number }
  | { readonly kind: "slack-fails"; readonly method: string; readonly fault: Fault; readonly times: number }
  | { readonly kind: "braze-fails"; readonly fault: FaultKind; readonly times: number }
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

// Posts are what may be said twice, so most of the faults are theirs.
const slackMethods = [
  ...["chat.postMessage", "chat.postMessage", "chat.postMessage"],
  ...["chat.update", "conversations.history", "conversations.replies", "*"],
];

const brazeFaults: readonly FaultKind[] = [
  ...(["server-error", "bad-gateway", "reset", "stall", "stall-midway"] as const),
  ...(["truncated", "cut-off", "rate-limited", "queued", "no-success"] as const),
];

/** Two to four mishaps of these areas, somewhere in the story's hours. */
export function planOf(areas: readonly Area[], hours: number, random: () => number): Mishap[] {
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!;
  const mishapOf = (area: Area): Mishap => {
    const when = { hour: 1 + Math.floor(random() * (hours - 1)), after: Math.floor(random() * 250) };
    const times = 1 + Math.floor(random() * 2);
    const lasts = 100 + Math.floor(random() * 400);
    const isGone = random() < 0.2;
    switch (area) {
      case "kill":
        return { ...when, kind: "kill" };
      case "redis":
        return { ...when, kind: "redis-gone", lasts };
      case "slack":
        return isGone
          ? { ...when, kind: "slack-gone", lasts }
          : { ...when, kind: "slack-fails", method: pick(slackMethods), fault: pick(slackFaults), times };
      case "braze":
        return isGone
          ? { ...when, kind: "braze-refuses", lasts }
          : { ...when, kind: "braze-fails", fault: pick(brazeFaults), times: 3 * times };
    }
  };
  return Array.from({ length: 2 + Math.floor(random() * 3) }, () => mishapOf(pick(areas)));
}

/** What it is called in the figures: `Slack: status 500, stored`. */
export function nameOf(mishap: Mishap): string {
  switch (mishap.kind) {
    case "kill":
      return "worker: kill -9";
    case "redis-gone":
      return "Redis: restarted";
    case "slack-gone":
      return "Slack: refuses connections";
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
