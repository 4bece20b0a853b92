import type { Acknowledgement, Delivery, Failure, Transport } from "./delivery.ts";

/** What a delivery is about, for whoever reads of a failure. */
type About = Pick<Failure, "about" | "user">;

export type AppLink = ReturnType<typeof createAppLink>;

/** The way to the app, with the account of what it failed to acknowledge; events are told again as Slack does. */
export function createAppLink(transport: Transport, retryAfter: readonly number[]) {
  const failures: Failure[] = [];
  let events = 0;
  const waiting = new Set<NodeJS.Timeout>();

  async function deliver(delivery: Delivery, about: About): Promise<Acknowledgement> {
    const answer = await transport(delivery);
    if (!answer.acked) failures.push({ kind: delivery.kind, error: answer.error, ...about });
    return answer;
  }

  const pause = (milliseconds: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(() => {
        waiting.delete(timer);
        done();
      }, milliseconds);
      waiting.add(timer);
    });

  return {
    failures: failures as readonly Failure[],
    deliver,
    nextEventId: () => `Ev0SIM${String(++events).padStart(6, "0")}`,
    /** Sends an event, up to three times more when it is not acknowledged; answers what became of the first try. */
    async sendEvent(payload: Delivery["payload"], about: About): Promise<Acknowledgement> {
      const event: Delivery = { kind: "event", payload, takesReply: false };
      const first = await deliver(event, about);
      if (!first.acked) void again(event, about, first);
      return first;
    },
    /** Fails a delivery for what its acknowledgement said. */
    fail(kind: Delivery["kind"], error: string, about: About): void {
      failures.push({ kind, error, ...about });
    },
    /** Forgets what is still to be told again. */
    stop(): void {
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
    },
  };

  async function again(event: Delivery, about: About, first: Acknowledgement): Promise<void> {
    let last = first;
    for (const [index, wait] of retryAfter.entries()) {
      if (last.acked || last.dontRetry) return;
      const reason = reasons[last.error] ?? "unknown_error";
      await pause(wait);
      last = await deliver({ ...event, retry: { num: index + 1, reason } }, about);
    }
  }
}

const reasons: Record<string, string> = {
  operation_timeout: "http_timeout",
  http_client_error: "http_error",
  http_service_error: "http_error",
  dispatch_failed: "connection_failed",
};
