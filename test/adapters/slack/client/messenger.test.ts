import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SlackSimulator, startSlackSimulator } from "../../../../simulator/slack/simulator.ts";
import { slackMessenger } from "../../../../src/adapters/slack/client/messenger.ts";
import type { PermanentError, TransientError } from "../../../../src/errors.ts";
import type { Message, Messenger } from "../../../../src/pipeline/ports/messages.ts";
import { redact } from "../../../../src/redact.ts";
import { HOUR, MINUTE } from "../../../../src/time/time.ts";
import { noon } from "../../../support/builders.ts";

const CHANNEL = "C0ALERTS1";
const OTHERS = "C0PRIVATE1";
const token = "xoxb-messenger-under-test";
const messageId = "ios-us.drop@2026-06-16T12";
const message = aMessage("⬇️ Drop: iOS · US −51%");

let slack: SlackSimulator;
let messenger: Messenger;
let now = noon;

beforeEach(async () => {
  now = noon;
  const channels = [
    { id: CHANNEL, name: "alerts" },
    { id: OTHERS, name: "secret", isPrivate: true, isMember: false },
  ];
  slack = await startSlackSimulator({ token, channels, clock: () => now });
  messenger = messengerWith({});
});
afterEach(() => slack.close());

describe("posting", () => {
  test("a message arrives once, with its id in its metadata and without link previews", async () => {
    const ref = await messenger.post(CHANNEL, message, { messageId });

    const [posted, ...more] = slack.messages(CHANNEL);
    expect(more).toEqual([]);
    expect(posted).toMatchObject({ ...message, ts: ref.ts });
    expect(posted?.metadata).toEqual({ event_type: "tidewatch_notice", event_payload: { id: messageId } });
    expect(slack.calls("chat.postMessage")[0]?.args).toMatchObject({
      unfurl_links: "false",
      unfurl_media: "false",
    });
    expect(ref.channel).toBe(CHANNEL);
  });

  test("a reply is posted in its thread, and also in the channel when it is broadcast", async () => {
    const { ts } = await messenger.post(CHANNEL, message, { messageId });
    await messenger.post(CHANNEL, message, { messageId: "calm", thread: ts });
    await messenger.post(CHANNEL, message, { messageId: "loud", thread: ts, broadcast: true });

    expect(slack.messages(CHANNEL).slice(1)).toMatchObject([
      { threadTs: ts, isBroadcast: false },
      { threadTs: ts, isBroadcast: true },
    ]);
  });
});

describe("editing", () => {
  test("a message is replaced in place and keeps its id", async () => {
    const ref = await messenger.post(CHANNEL, message, { messageId });
    now += HOUR;
    expect(await messenger.update(ref, aMessage("✅ Drop resolved"), messageId)).toBe(true);

    const [edited, ...more] = slack.messages(CHANNEL);
    expect(more).toEqual([]);
    expect(edited).toMatchObject({ ts: ref.ts, text: "✅ Drop resolved", editedAt: noon + HOUR });
    expect(edited?.before).toMatchObject([{ text: message.text }]);
    expect(edited?.metadata?.event_payload).toEqual({ id: messageId });
  });

  test("a message that somebody deleted cannot be edited", async () => {
    const ref = await messenger.post(CHANNEL, message, { messageId });
    slack.remove(CHANNEL, ref.ts);
    expect(await messenger.update(ref, message, messageId)).toBe(false);
  });

  test.each(["cant_update_message", "edit_window_closed"])(
    "%s is treated as a deleted message",
    async (error) => {
      const ref = await messenger.post(CHANNEL, message, { messageId });
      slack.faults.next("chat.update", { kind: "error", error });
      expect(await messenger.update(ref, message, messageId)).toBe(false);
    },
  );

  test("an edit in an archived channel fails for good with a clear error", async () => {
    const ref = await messenger.post(CHANNEL, message, { messageId });
    slack.change(CHANNEL, { isArchived: true });
    expect(await failureOf(messenger.update(ref, message, messageId))).toMatchObject({
      name: "PermanentError",
      failure: "slack-destination",
      message: "Slack answered chat.update for C0ALERTS1 with is_inactive",
    });
  });
});

describe("refusals", () => {
  test.each<[string, () => Promise<unknown>, Partial<PermanentError>]>([
    [
      "an archived channel",
      () => {
        slack.change(CHANNEL, { isArchived: true });
        return post();
      },
      {
        failure: "slack-destination",
        advice: "The channel is archived: unarchive it, or give the watch another channel.",
      },
    ],
    [
      "a private channel without the bot",
      () => messenger.post(OTHERS, message, { messageId }),
      {
        failure: "slack-destination",
        message: "Slack answered chat.postMessage for C0PRIVATE1 with channel_not_found",
      },
    ],
    [
      "a wrong token",
      () => messengerWith({ token: "xoxb-of-another-workspace" }).post(CHANNEL, message, { messageId }),
      {
        failure: "slack-workspace",
        message: "Slack answered chat.postMessage for C0ALERTS1 with invalid_auth",
      },
    ],
    [
      "a missing scope",
      () => {
        slack.grant(["channels:read"]);
        return post();
      },
      {
        failure: "slack-workspace",
        advice: "Add the scope chat:write to the Slack app and install it into the workspace again.",
      },
    ],
    [
      "a message that Slack takes in no form",
      () => {
        slack.refuse(({ method }) => (method === "chat.postMessage" ? "msg_blocks_too_long" : undefined));
        return post();
      },
      {
        failure: "slack-rejected",
        message: "Slack answered chat.postMessage for C0ALERTS1 with msg_blocks_too_long",
      },
    ],
    [
      "a code that nobody knows",
      () => {
        slack.refuse(() => "moon_in_wrong_house");
        return post();
      },
      { failure: "slack-rejected" },
    ],
  ])("%s fails for good", async (_, attempt, expected) => {
    const failure = await failureOf(attempt());
    expect(failure).toMatchObject({ name: "PermanentError", ...expected });
    expect(failure.advice).toMatch(/^[A-Z].+\.$/);
    expect(slack.messages(CHANNEL)).toEqual([]);
  });
});

describe("a message whose form Slack refuses", () => {
  const rich: Message = {
    text: "Drop: iOS",
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: "*Drop: iOS*" } },
      { type: "section", fields: [{ type: "mrkdwn", text: "*Lost*\n715" }] },
      {
        type: "actions",
        elements: [{ type: "button", action_id: "a", text: { type: "plain_text", text: "Mute" } }],
      },
      { type: "context", elements: [{ type: "mrkdwn", text: "Watch ios" }] },
    ],
  };
  const blocksIn = ({ args }: { args: Readonly<Record<string, unknown>> }) =>
    JSON.parse(String(args.blocks ?? "[]")) as { type: string }[];
  const sent: Record<string, (call: Parameters<typeof blocksIn>[0]) => boolean> = {
    "its buttons": (call) => blocksIn(call).some(({ type }) => type === "actions"),
    "every block": (call) => blocksIn(call).length > 0,
    "everything but one line": ({ args }) => args.text !== rich.text || args.blocks !== undefined,
  };
  const taken: { messageId: string; refusal?: { message: string } }[] = [];
  const reporting = () =>
    messengerWith({ onTaken: async (one) => void taken.push(one), log: { warn: () => {} } });
  beforeEach(() => void taken.splice(0));

  test.each([
    ["its buttons", "invalid_blocks", ["section", "section", "context"], "Drop: iOS"],
    ["every block", "msg_blocks_too_long", [], "*Drop: iOS*\n*Lost*\n715\nWatch ios"],
    ["everything but one line", "moon_in_wrong_house", [], "Drop: iOS"],
  ])(
    "arrives without %s, as a root, a reply and an edit, and is reported",
    async (what, error, types, text) => {
      const isRefused = sent[what]!;
      slack.refuse((call) => (call.method.startsWith("chat.") && isRefused(call) ? error : undefined));
      const root = await reporting().post(CHANNEL, rich, { messageId });
      await reporting().post(CHANNEL, rich, { messageId: "reply", thread: root.ts, broadcast: true });
      const shown = { text, blocks: types.map((type) => expect.objectContaining({ type })) };
      expect(slack.messages(CHANNEL)).toMatchObject([
        shown,
        { ...shown, threadTs: root.ts, isBroadcast: true },
      ]);

      expect(await reporting().update(root, rich, messageId)).toBe(true);
      expect(slack.messages(CHANNEL)[0]).toMatchObject({ ...shown, before: [shown] });
      expect(taken.map(({ messageId }) => messageId)).toEqual([messageId, "reply", messageId]);
      for (const { refusal } of taken) expect(refusal?.message).toContain(error);
    },
  );

  test("is no longer reported once Slack accepts it in full", async () => {
    await reporting().post(CHANNEL, rich, { messageId });
    expect(taken).toEqual([{ channel: CHANNEL, messageId }]);
  });

  test("is sent as one line of text when the plain form is refused too, until Slack accepts more", async () => {
    const messenger = reporting();
    slack.refuse(() => "invalid_blocks");
    await failureOf(messenger.post(CHANNEL, rich, { messageId }));
    const tries = slack.calls("chat.postMessage").length;
    await failureOf(messenger.post(CHANNEL, rich, { messageId }));
    expect(slack.calls("chat.postMessage").length).toBe(tries + 1);
    slack.refuse(() => undefined);
    await messenger.post(CHANNEL, rich, { messageId });
    expect(slack.messages(CHANNEL)).toMatchObject([{ text: rich.text, blocks: [] }]);
  });

  test.each(["invalid_metadata_format", "metadata_too_large"])(
    "whose metadata is refused (%s) arrives without metadata",
    async (error) => {
      slack.refuse(({ args }) => (args.metadata ? error : undefined));
      await messenger.post(CHANNEL, rich, { messageId });
      expect(slack.messages(CHANNEL)).toMatchObject([{ text: rich.text }]);
    },
  );

  test.each(["thread_not_found", "restricted_action_thread_locked"])(
    "a reply that Slack does not accept in its thread (%s) is posted in the channel",
    async (error) => {
      const { ts: thread } = await post();
      slack.refuse(({ args }) => (args.thread_ts ? error : undefined));
      await messenger.post(CHANNEL, rich, { messageId: "reply", thread });
      expect(slack.messages(CHANNEL)[1]).toMatchObject({ blocks: rich.blocks });
      expect(slack.messages(CHANNEL)[1]?.threadTs).toBeUndefined();
    },
  );
});

describe("temporary failures", () => {
  test("a rate limit says how long to wait", async () => {
    slack.faults.next("chat.postMessage", { kind: "rate-limit", retryAfter: 7 });
    expect(await failureOf(post())).toMatchObject({
      name: "TransientError",
      failure: "slack-rate-limit",
      retryAfter: 7_000,
    });
    expect(slack.calls("chat.postMessage")).toHaveLength(1);
  });

  test("a rate limit in the body of a response counts as a rate limit", async () => {
    slack.faults.next("chat.postMessage", { kind: "error", error: "rate_limited" });
    expect(await failureOf(post())).toMatchObject({ name: "TransientError", failure: "slack-rate-limit" });
  });

  test("a Slack that refuses connections received nothing, and is tried again later", async () => {
    await slack.down();
    expect(await failureOf(post())).toMatchObject({ name: "TransientError", failure: "slack-unreachable" });
    await slack.up();
    await post();
    expect(slack.messages(CHANNEL)).toHaveLength(1);
  });

  test("a host without an address received nothing", async () => {
    const nowhere = messengerWith({ apiUrl: "http://slack.invalid/api/" });
    expect(await failureOf(nowhere.post(CHANNEL, message, { messageId }))).toMatchObject({
      failure: "slack-unreachable",
    });
  });

  test.each([403, 404])("HTTP %i from a proxy means that nothing was posted", async (status) => {
    slack.faults.next("chat.postMessage", { kind: "status", status });
    expect(await failureOf(post())).toMatchObject({ name: "TransientError", failure: "slack-unreachable" });
  });
});

describe("failures that leave it unclear whether the message was posted", () => {
  const doubtful = [
    ["HTTP 500", { kind: "status", status: 500 }],
    ["HTTP 503", { kind: "status", status: 503 }],
    ["an internal error", { kind: "error", error: "internal_error" }],
    ["a fatal error", { kind: "error", error: "fatal_error" }],
    ["an answer that breaks off", { kind: "garbled" }],
    ["no answer in time", { kind: "stall" }],
    ["a cut connection", { kind: "drop" }],
  ] as const;

  /** An answer that never comes is not waited for as long as usual. */
  const tryPost = ({ kind }: { kind: string }) =>
    failureOf(messengerWith(kind === "stall" ? { timeout: 300 } : {}).post(CHANNEL, message, { messageId }));

  test.each(doubtful)("%s, after the message was stored", async (_, fault) => {
    slack.faults.next("chat.postMessage", { ...fault, stored: true });
    expect(await tryPost(fault)).toMatchObject({ name: "TransientError", failure: "slack-unsure" });

    const [stored, ...more] = slack.messages(CHANNEL);
    expect(more).toEqual([]);
    expect(await messenger.find(CHANNEL, messageId, noon)).toEqual({ channel: CHANNEL, ts: stored?.ts });
  });

  test.each(doubtful)("%s, before it was stored", async (_, fault) => {
    slack.faults.next("chat.postMessage", fault);
    expect(await tryPost(fault)).toMatchObject({ name: "TransientError", failure: "slack-unsure" });
    expect(slack.messages(CHANNEL)).toEqual([]);
    expect(await messenger.find(CHANNEL, messageId, noon)).toBeUndefined();
  });
});

describe("finding a message", () => {
  test("a reply is found in its thread, not in the channel", async () => {
    const { ts: thread } = await post();
    slack.faults.next("chat.postMessage", { kind: "drop", stored: true });
    await failureOf(messenger.post(CHANNEL, message, { messageId: "reply", thread }));

    const reply = { channel: CHANNEL, ts: slack.messages(CHANNEL)[1]?.ts };
    expect(await messenger.find(CHANNEL, "reply", noon, thread)).toEqual(reply);
    expect(await messenger.find(CHANNEL, "reply", noon)).toBeUndefined();
  });

  test("a message behind many newer ones is found on a later page", async () => {
    const ref = await post();
    for (let n = 0; n < 201; n++) await messenger.post(CHANNEL, message, { messageId: `other-${n}` });
    expect(await messenger.find(CHANNEL, messageId, noon)).toEqual(ref);
    expect(slack.calls("conversations.history")).toHaveLength(2);
  });

  test("a message is found when Slack's clock is some minutes slow", async () => {
    now = noon - 4 * MINUTE;
    const ref = await post();
    expect(await messenger.find(CHANNEL, messageId, noon)).toEqual(ref);
  });

  test("messages that are much older are not searched", async () => {
    now = noon - 6 * MINUTE;
    await post();
    expect(await messenger.find(CHANNEL, messageId, noon)).toBeUndefined();
  });

  test("without the scope the search fails", async () => {
    slack.grant(["chat:write"]);
    expect(await messenger.find(CHANNEL, messageId, noon)).toBe("cannot-look");
    expect(await messenger.find(CHANNEL, messageId, noon, "1.000000")).toBe("cannot-look");
  });

  test("the search fails in a channel where the bot may post but is not a member", async () => {
    slack.change(CHANNEL, { isMember: false });
    slack.grant(["chat:write", "chat:write.public", "channels:history"]);
    expect(await messenger.find(CHANNEL, messageId, noon)).toBe("cannot-look");
  });

  test("no reply is found in a deleted thread", async () => {
    expect(await messenger.find(CHANNEL, messageId, noon, "1.000000")).toBeUndefined();
  });

  test("a failed search changes nothing and is tried again", async () => {
    slack.faults.next("conversations.history", { kind: "status", status: 503 });
    expect(await failureOf(messenger.find(CHANNEL, messageId, noon))).toMatchObject({
      name: "TransientError",
      failure: "slack-unreachable",
    });
  });
});

test("the token never appears in an error", async () => {
  slack.faults.next("chat.postMessage", { kind: "error", error: `no ${token} here` });
  const failure = await failureOf(post());
  expect(failure.message).not.toContain(token);
  expect(redact(`it was ${token}`)).not.toContain(token);
});

test("messages of Slack's client library go to the log", async () => {
  const lines: unknown[] = [];
  const logging = messengerWith({ log: { warn: (fields: unknown) => void lines.push(fields) } });
  slack.faults.next("chat.postMessage", { kind: "drop" });
  await failureOf(logging.post(CHANNEL, message, { messageId }));
  expect(lines).toHaveLength(1);
});

const post = () => messenger.post(CHANNEL, message, { messageId });

function messengerWith(over: Partial<Parameters<typeof slackMessenger>[0]>): Messenger {
  return slackMessenger({ token, apiUrl: slack.apiUrl, ...over });
}

function aMessage(text: string): Message {
  return { text, blocks: [{ type: "section", text: { type: "mrkdwn", text } }] };
}

async function failureOf(attempt: Promise<unknown>): Promise<PermanentError | TransientError> {
  return attempt.then(
    () => expect.unreachable("it did not fail"),
    (error) => error,
  );
}
