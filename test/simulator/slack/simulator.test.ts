import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SlackSimulator, startSlackSimulator } from "../../../simulator/slack/simulator.ts";
import { HOUR } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";

const CHANNEL = "C0ALERTS1";

let slack: SlackSimulator;
let now = noon;

beforeEach(async () => {
  now = noon;
  slack = await startSlackSimulator({ clock: () => now });
});
afterEach(() => slack.close());

describe("access to the simulated Slack API", () => {
  test("is allowed to a bot with the token", async () => {
    expect(await call("auth.test")).toMatchObject({ ok: true, bot_id: "B0TIDEWATCH" });
  });

  test("is refused without a token or with another one", async () => {
    expect(await call("auth.test", {}, "")).toEqual({ ok: false, error: "not_authed" });
    expect(await call("auth.test", {}, "xoxb-somebody-else")).toEqual({ ok: false, error: "invalid_auth" });
  });

  test("is refused for a missing scope, which the error names", async () => {
    slack.grant(["chat:write"]);
    expect(await call("conversations.history", { channel: CHANNEL })).toEqual({
      ok: false,
      error: "missing_scope",
      needed: "channels:history,groups:history,im:history,mpim:history",
      provided: "chat:write",
    });
  });
});

describe("the simulated Slack API is strict", () => {
  test.each<[string, string, Record<string, string>, object]>([
    ["a method that does not exist", "chat.shout", {}, { error: "unknown_method" }],
    [
      "an argument that does not exist",
      "chat.postMessage",
      { channel: CHANNEL, text: "x", client_msg_id: "1" },
      {
        error: "invalid_arguments",
        response_metadata: { messages: ["[ERROR] unknown argument: client_msg_id"] },
      },
    ],
    [
      "an argument that is missing",
      "chat.update",
      { channel: CHANNEL, text: "x" },
      { error: "invalid_arguments", response_metadata: { messages: ["[ERROR] missing required field: ts"] } },
    ],
    ["a message without words", "chat.postMessage", { channel: CHANNEL }, { error: "no_text" }],
    [
      "blocks that are no JSON",
      "chat.postMessage",
      { channel: CHANNEL, blocks: "[" },
      { error: "invalid_blocks_format" },
    ],
    [
      "metadata without an event type",
      "chat.postMessage",
      { channel: CHANNEL, text: "x", metadata: "{}" },
      { error: "invalid_metadata_format" },
    ],
    [
      "a channel that does not exist",
      "chat.postMessage",
      { channel: "C0", text: "x" },
      { error: "channel_not_found" },
    ],
    [
      "a thread that does not exist",
      "chat.postMessage",
      { channel: CHANNEL, text: "x", thread_ts: "1.2" },
      { error: "thread_not_found" },
    ],
    [
      "a message that does not exist",
      "chat.update",
      { channel: CHANNEL, ts: "0", text: "x" },
      { error: "message_not_found" },
    ],
    [
      "a cursor that does not exist",
      "conversations.history",
      { channel: CHANNEL, cursor: "x" },
      { error: "invalid_cursor" },
    ],
    [
      "a time that is none",
      "conversations.history",
      { channel: CHANNEL, oldest: "soon" },
      { error: "invalid_ts_oldest" },
    ],
  ])("%s is refused", async (_, method, args, expected) => {
    expect(await call(method, args)).toMatchObject({ ok: false, ...expected });
  });

  test("an edit of more than 4,000 characters is refused, and a post is cut at 40,000", async () => {
    const { ts } = await post("x");
    expect(await call("chat.update", { channel: CHANNEL, ts, text: "x".repeat(4_001) })).toMatchObject({
      error: "msg_too_long",
    });
    expect(await post("x".repeat(40_001))).toMatchObject({ ok: true, warning: "message_truncated" });
  });
});

test("a body may be a form or JSON", async () => {
  const body = JSON.stringify({ channel: CHANNEL, text: "as JSON", blocks: [{ type: "divider" }] });
  const headers = {
    authorization: `Bearer ${slack.token}`,
    "content-type": "application/json; charset=utf-8",
  };
  const answer = await fetch(`${slack.apiUrl}chat.postMessage`, { method: "POST", headers, body });
  expect(await answer.json()).toMatchObject({ ok: true });
  expect(slack.messages(CHANNEL)).toMatchObject([{ text: "as JSON", blocks: [{ type: "divider" }] }]);
});

test("messages of the same instant keep their order", async () => {
  const { ts: first } = await post("first");
  const { ts: second } = await post("second");
  expect([first, second]).toEqual(["1781611200.000000", "1781611200.000001"]);
});

describe("reading messages back", () => {
  test("a channel is listed newest first, page by page, without its threads", async () => {
    const { ts } = await post("one");
    await post("a reply", { thread_ts: ts });
    await post("two");
    await post("three");

    const first = await call("conversations.history", { channel: CHANNEL, limit: "2" });
    expect(textsOf(first)).toEqual(["three", "two"]);
    const cursor = first.response_metadata.next_cursor;
    const second = await call("conversations.history", { channel: CHANNEL, limit: "2", cursor });
    expect(second).toMatchObject({
      has_more: false,
      messages: [{ text: "one", reply_count: 1, thread_ts: ts }],
    });
  });

  test("a thread is listed oldest first, after its root", async () => {
    const { ts } = await post("root");
    await post("first", { thread_ts: ts });
    now += HOUR;
    await post("second", { thread_ts: ts, reply_broadcast: "true" });

    expect(textsOf(await call("conversations.replies", { channel: CHANNEL, ts }))).toEqual([
      "root",
      "first",
      "second",
    ]);
    const oldest = String((noon + HOUR) / 1_000);
    const late = await call("conversations.replies", { channel: CHANNEL, ts, oldest, inclusive: "true" });
    expect(textsOf(late)).toEqual(["root", "second"]);
    expect(textsOf(await call("conversations.history", { channel: CHANNEL }))).toEqual(["second", "root"]);
  });

  test("metadata is returned on request", async () => {
    await post("x", { metadata: JSON.stringify({ event_type: "e", event_payload: { id: "1" } }) });
    const silent = await call("conversations.history", { channel: CHANNEL });
    expect(silent.messages[0].metadata).toBeUndefined();
    const open = await call("conversations.history", { channel: CHANNEL, include_all_metadata: "true" });
    expect(open.messages[0].metadata).toEqual({ event_type: "e", event_payload: { id: "1" } });
  });

  test("an edited message is marked as edited and has a permalink", async () => {
    const { ts } = await post("before");
    await call("chat.update", { channel: CHANNEL, ts, text: "after" });
    const { messages } = await call("conversations.history", { channel: CHANNEL });
    expect(messages[0]).toMatchObject({ text: "after", edited: { user: "U0TIDEWATCH" } });
    expect(await call("chat.getPermalink", { channel: CHANNEL, message_ts: ts })).toMatchObject({
      permalink: `${slack.url}/archives/${CHANNEL}/p1781611200000000`,
    });
  });

  test("a channel reports whether it is archived or gone", async () => {
    slack.change(CHANNEL, { isArchived: true });
    expect(await call("conversations.info", { channel: CHANNEL })).toMatchObject({
      channel: { id: CHANNEL, name: "alerts", is_archived: true, is_member: true },
    });
  });
});

describe("planned faults", () => {
  test("affect the next calls of one method, which then works again", async () => {
    slack.faults.next("chat.postMessage", { kind: "error", error: "fatal_error" }, 2);
    expect(await post("one")).toMatchObject({ error: "fatal_error" });
    expect(await call("auth.test")).toMatchObject({ ok: true });
    expect(await post("two")).toMatchObject({ error: "fatal_error" });
    expect(await post("three")).toMatchObject({ ok: true });
    expect(slack.messages(CHANNEL)).toHaveLength(1);
  });

  test("affect every call within a range of the simulator's clock", async () => {
    slack.faults.during("*", { kind: "error", error: "service_unavailable" }, noon + HOUR, noon + 2 * HOUR);
    const answers = [];
    for (const at of [noon, noon + HOUR, noon + 2 * HOUR]) {
      now = at;
      answers.push((await post("x")).ok);
    }
    expect(answers).toEqual([true, false, true]);
  });

  test("are removed on request", async () => {
    slack.faults.next("*", { kind: "drop" }, 100);
    slack.faults.clear();
    expect(await post("x")).toMatchObject({ ok: true });
  });
});

async function call(method: string, args: Record<string, string> = {}, token = slack.token) {
  const headers = token ? { authorization: `Bearer ${token}` } : undefined;
  const body = new URLSearchParams(args);
  const answer = await fetch(`${slack.apiUrl}${method}`, {
    method: "POST",
    body,
    ...(headers && { headers }),
  });
  return answer.json() as Promise<Answer>;
}

const post = (text: string, more: Record<string, string> = {}) =>
  call("chat.postMessage", { channel: CHANNEL, text, ...more });

const textsOf = ({ messages }: Answer) => messages.map(({ text }) => text);

interface Answer {
  readonly ok: boolean;
  readonly ts: string;
  readonly messages: readonly Record<string, unknown>[] & { 0: Record<string, unknown> };
  readonly response_metadata: { readonly next_cursor: string };
}
