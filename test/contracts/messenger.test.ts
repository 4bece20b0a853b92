import { trace } from "@opentelemetry/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SlackSimulator, startSlackSimulator } from "../../simulator/slack/simulator.ts";
import { slackMessenger } from "../../src/adapters/slack/client/messenger.ts";
import { recordSlackFailures } from "../../src/pipeline/health/slack-failures.ts";
import type { Messenger } from "../../src/pipeline/ports/messages.ts";
import { metered } from "../../workers/monitoring/metered.ts";
import { createMetrics } from "../../workers/monitoring/metrics.ts";
import { traced } from "../../workers/tracing/traced.ts";
import { noon } from "../support/builders.ts";
import { freshStores } from "../support/stores.ts";

const CHANNEL = "C0ALERTS1";
const messageId = "ios-us.drop@2026-06-16T12";
const message = { text: "Drop: iOS", blocks: [{ type: "section", text: { type: "mrkdwn", text: "Drop" } }] };

type Kind = (messenger: Messenger) => Messenger;
const source = { points: async () => [] };
const noting: Kind = (messenger) => recordSlackFailures(messenger, { ...freshStores(), clock: () => noon });
const counted: Kind = (messenger) => metered({ ...freshStores(), messenger }, createMetrics(), {}).messenger;
const spanned: Kind = (messenger) => traced({ source, messenger }, trace.getTracer("test")).messenger;

/** Everything that is a messenger, the decorators above all. */
const kinds: [string, Kind][] = [
  ["Slack", (messenger) => messenger],
  ["Slack, its troubles noted", noting],
  ["Slack, counted", counted],
  ["Slack, traced", spanned],
  ["Slack as the service runs it", (messenger) => spanned(counted(noting(messenger)))],
];

describe.each(kinds)("the messenger is %s", (_, decorated) => {
  let slack: SlackSimulator;
  let messenger: Messenger;
  beforeEach(async () => {
    slack = await startSlackSimulator({ channels: [{ id: CHANNEL, name: "alerts" }], clock: () => noon });
    messenger = decorated(slackMessenger({ token: slack.token, apiUrl: slack.apiUrl }));
  });
  afterEach(() => slack.close());

  test("a message, a reply and a broadcast arrive unchanged, each in its place", async () => {
    const { ts: thread } = await messenger.post(CHANNEL, message, { messageId });
    await messenger.post(CHANNEL, message, { messageId: "calm", thread });
    await messenger.post(CHANNEL, message, { messageId: "loud", thread, broadcast: true });
    expect(slack.messages(CHANNEL)).toMatchObject([
      { ...message, ts: thread, metadata: { event_payload: { id: messageId } } },
      { threadTs: thread, isBroadcast: false },
      { threadTs: thread, isBroadcast: true },
    ]);
  });

  test("an edit keeps the id of its message and returns whether the message existed", async () => {
    const ref = await messenger.post(CHANNEL, message, { messageId });
    expect(await messenger.update(ref, { ...message, text: "Over" }, messageId)).toBe(true);
    expect(slack.messages(CHANNEL)).toMatchObject([
      { text: "Over", metadata: { event_payload: { id: messageId } } },
    ]);
    slack.remove(CHANNEL, ref.ts);
    expect(await messenger.update(ref, message, messageId)).toBe(false);
  });

  test("a reply is found only in its thread", async () => {
    const { ts: thread } = await messenger.post(CHANNEL, message, { messageId });
    const reply = await messenger.post(CHANNEL, message, { messageId: "reply", thread });
    expect(await messenger.find(CHANNEL, "reply", noon, thread)).toEqual(reply);
    expect(await messenger.find(CHANNEL, "reply", noon)).toBeUndefined();
  });

  test("a failure is the one that Slack returned", async () => {
    slack.faults.next("chat.postMessage", { kind: "rate-limit", retryAfter: 7 });
    await expect(messenger.post(CHANNEL, message, { messageId })).rejects.toMatchObject({
      failure: "slack-rate-limit",
      retryAfter: 7_000,
    });
    slack.change(CHANNEL, { isArchived: true });
    await expect(messenger.post(CHANNEL, message, { messageId })).rejects.toMatchObject({
      name: "PermanentError",
      failure: "slack-destination",
    });
  });
});
