import type { Instant } from "../../src/time/time.ts";
import type { Target } from "./incidents.ts";
import { type Reply, replies } from "./replies.ts";

/** Ways in which the simulator can fail. */
export const faultKinds = [
  "wrong-key",
  "no-permission",
  "unknown-id",
  "wrong-url",
  "rate-limited",
  "server-error",
  "bad-gateway",
  "queued",
  "no-success",
  "redirect",
  "truncated",
  "cut-off",
  "stall",
  "stall-midway",
  "reset",
  "endless",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** A failure, and when and for which series it strikes; what is left out does not narrow it. */
export interface Fault {
  readonly kind: FaultKind;
  readonly series?: Target;
  /** For so many requests. */
  readonly times?: number;
  readonly from?: Instant;
  readonly until?: Instant;
  /** Headers of the answer, in place of the usual rate-limit ones: `{}` for none at all. */
  readonly headers?: Record<string, string>;
}

/** Faults that are lying in wait. */
export interface Faults {
  /** Answers how to lift it again. */
  add(fault: Fault): () => void;
  clear(): void;
  /** The fault that strikes this request, counted down. */
  next(series: Target, now: Instant): Fault | undefined;
}

export function scriptedFaults(): Faults {
  const waiting: { readonly fault: Fault; left: number }[] = [];
  const lift = (entry: (typeof waiting)[number]) => {
    const place = waiting.indexOf(entry);
    if (place >= 0) waiting.splice(place, 1);
  };
  return {
    add(fault) {
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      waiting.push(entry);
      return () => lift(entry);
    },
    clear() {
      waiting.length = 0;
    },
    next(series, now) {
      const entry = waiting.find(({ fault }) => strikes(fault, series, now));
      if (!entry) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) lift(entry);
      return entry.fault;
    },
  };
}

function strikes({ series: target = {}, from, until }: Fault, series: Target, now: Instant): boolean {
  if (target.metric !== undefined && target.metric !== series.metric) return false;
  if (target.item !== undefined && target.item !== series.item) return false;
  if (target.app !== undefined && target.app !== series.app) return false;
  if (target.segment !== undefined && target.segment !== series.segment) return false;
  return (from === undefined || now >= from) && (until === undefined || now < until);
}

/** What a struck request is answered; `good` is what it would have been. */
export function faultyReply(
  { kind, headers }: Fault,
  { key, permission }: { readonly key: string; readonly permission: string },
  good: Reply,
): Reply {
  const reply = replyOf(kind, key, permission, good);
  return headers ? { ...reply, headers: { ...reply.headers, ...headers } } : reply;
}

function replyOf(kind: FaultKind, key: string, permission: string, good: Reply): Reply {
  switch (kind) {
    case "wrong-key":
      return replies.wrongKey(key);
    case "no-permission":
      return replies.noPermission(permission);
    case "unknown-id":
      return replies.unknownId("segment");
    case "wrong-url":
      return replies.wrongUrl();
    case "rate-limited":
      return replies.rateLimited();
    case "server-error":
      return replies.serverError();
    case "bad-gateway":
      return replies.badGateway();
    case "queued":
      return replies.queued();
    case "no-success":
      return replies.noSuccess();
    case "redirect":
      return replies.redirect("https://dashboard-01.braze.com/sign_in");
    case "truncated":
      return { ...good, body: good.body.slice(0, Math.floor(good.body.length / 2)) };
    default:
      return { ...good, mishap: kind };
  }
}
