import { PermanentError, TransientError } from "../../errors.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Notification } from "../../notifications/notification.ts";
import { redact } from "../../redact.ts";
import { defaultRules, type Watch } from "../../settings/watch.ts";
import { type TestStep, testSteps } from "../../text/sample.ts";
import { HOUR, hourOf, type Instant } from "../../time/time.ts";
import type { Context } from "../context.ts";
import { sendSample } from "../delivering/send-sample.ts";
import { postOnce } from "../notifying/idempotent-post.ts";

/** What a test alert came to. */
export interface Tested {
  readonly steps: readonly TestStep[];
  readonly hasRoutes: boolean;
}

/** Posts a sample alert in a channel, edits it as a resolved one, and sends it by the routes of the channel. */
export async function testAlert(channel: string, context: Context): Promise<Tested> {
  const { clock, wallClock, renderer, messenger } = context;
  const at = clock();
  // Each test is a message of its own, even while the clock of the bot stands still.
  const messageId = `test/${channel}/${wallClock()}`;
  const posted = await tried(testSteps.posted(channel), () =>
    postOnce(channel, renderer.sample(sampleOf(channel, at, false)), { messageId }, context),
  );
  const { done: ref } = posted;
  const edited =
    ref &&
    (await tried(testSteps.edited, () =>
      messenger.update(ref, renderer.sample(sampleOf(channel, at, true)), messageId),
    ));
  const sent = await sendSample(channel, context);
  const outside = sent.map(({ destination, failed }) => ({
    what: testSteps.sent(destination),
    ...(failed !== undefined && { failed }),
  }));
  return {
    steps: [posted.step, ...(edited ? [edited.step] : []), ...outside],
    hasRoutes: sent.length > 0,
  };
}

async function tried<Done>(
  what: TestStep["what"],
  work: () => Promise<Done>,
): Promise<{ readonly step: TestStep; readonly done?: Done }> {
  try {
    return { step: { what }, done: await work() };
  } catch (error) {
    if (!(error instanceof PermanentError || error instanceof TransientError)) throw error;
    return { step: { what, failed: redact(`${error.message}. ${error.advice}`) } };
  }
}

/** An invented incident of an invented watch. */
function sampleOf(channel: string, now: Instant, isOver: boolean): Notification {
  const bucket = hourOf(now) - HOUR;
  const watch: Watch = {
    ...defaultRules,
    id: "sample",
    appName: "Sample app",
    series: { workspace: "sample", app: "sample", unit: "hour" },
    channel,
    createdAt: bucket,
  };
  const score = {
    observed: 643,
    expected: 1_215,
    low: 885,
    high: 1_545,
    anomalyScore: -5.2,
    window: 1,
    alone: { low: 885, high: 1_545 },
    hasRecovered: false,
  };
  const incident: Incident = {
    id: "sample.drop@test",
    watchId: watch.id,
    direction: "drop",
    openedAt: bucket,
    lastAnomalousBucket: bucket,
    lastBucket: bucket,
    severity: "warning",
    latest: score,
    worst: score,
    balance: -572,
    expected: 1_215,
    ...(isOver && { resolvedAt: bucket + HOUR }),
    version: 0,
  };
  return {
    reason: isOver ? "resolved" : "opened",
    kind: "one",
    alertGroup: { id: incident.id },
    members: [{ incident, watch }],
    incident,
    watch,
    watched: { apps: 1, watches: 1 },
    zone: "UTC",
  };
}
