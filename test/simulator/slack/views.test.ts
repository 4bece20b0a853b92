import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ben, gus, lea, mira } from "../../../simulator/slack/people.ts";
import { type SlackSimulator, startSlackSimulator } from "../../../simulator/slack/simulator.ts";
import { SECOND } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";

const CHANNEL = "C0ALERTS1";
const plain = (text: string) => ({ type: "plain_text", text });
const modal = (more: object = {}) => ({ type: "modal", title: plain("Watch"), blocks: [divider], ...more });
const divider = { type: "divider" };
const input = (element: object, more: object = {}) => ({
  type: "input",
  label: plain("Name"),
  element,
  ...more,
});
const options = [{ text: plain("Low"), value: "low" }];

let slack: SlackSimulator;
let now = noon;
beforeEach(async () => {
  now = noon;
  // Nobody listens: what people do fails, and yet mints trigger ids and addresses.
  slack = await startSlackSimulator({ wallClock: () => now });
});
afterEach(() => slack.close());

describe("a view is refused", () => {
  test.each<[string, object, RegExp]>([
    ["without a title", { title: undefined }, /title/],
    ["with a title of 25 characters", { title: plain("x".repeat(25)) }, /less than 25/],
    ["with 101 blocks", { blocks: Array.from({ length: 101 }, () => divider) }, /no more than 100/],
    ["with 3,001 characters of its own", { private_metadata: "x".repeat(3_001) }, /private_metadata/],
    ["with a callback_id of 256 characters", { callback_id: "x".repeat(256) }, /callback_id/],
    ["with an input but no submit", { blocks: [input({ type: "plain_text_input" })] }, /submit/],
    ["with a key that does not exist", { colour: "red" }, /unknown field: colour/],
    [
      "with a chart, which messages alone may hold",
      { blocks: [{ type: "data_visualization" }] },
      /unsupported type/,
    ],
    [
      "with a button as an input",
      { submit: plain("Save"), blocks: [input({ type: "button" })] },
      /unsupported type/,
    ],
    [
      "with 101 options",
      {
        submit: plain("Save"),
        blocks: [input({ type: "static_select", options: Array.from({ length: 101 }, () => options[0]) })],
      },
      /no more than 100/,
    ],
    [
      "with an initial option that is not offered",
      {
        submit: plain("Save"),
        blocks: [input({ type: "static_select", options, initial_option: { text: plain("x"), value: "x" } })],
      },
      /initial_option/,
    ],
    [
      "with one block_id twice",
      {
        blocks: [
          { ...divider, block_id: "a" },
          { ...divider, block_id: "a" },
        ],
      },
      /block_id is not unique/,
    ],
    [
      "with one action_id twice in a block",
      {
        blocks: [
          {
            type: "actions",
            elements: [1, 2].map(() => ({ type: "button", text: plain("x"), action_id: "a" })),
          },
        ],
      },
      /action_id is not unique/,
    ],
    [
      "with an overflow of six",
      {
        blocks: [
          {
            type: "actions",
            elements: [{ type: "overflow", options: Array.from({ length: 6 }, () => options[0]) }],
          },
        ],
      },
      /no more than 5/,
    ],
  ])("%s", async (_, more, words) => {
    const answer = await open(await trigger(), modal(more));
    expect(answer).toMatchObject({ ok: false, error: "invalid_arguments" });
    expect(String(answer.response_metadata.messages)).toMatch(words);
  });

  test("of more than 250,000 characters", async () => {
    const section = { type: "section", text: { type: "mrkdwn", text: "x".repeat(3_000) } };
    const big = modal({ blocks: Array.from({ length: 90 }, () => section) });
    expect(await open(await trigger(), big)).toMatchObject({ error: "view_too_large" });
  });
});

describe("a trigger id", () => {
  test("opens one view", async () => {
    const id = await trigger();
    expect(await open(id)).toMatchObject({ ok: true, view: { type: "modal", state: { values: {} } } });
    expect(await open(id)).toMatchObject({ error: "exchanged_trigger_id" });
    expect(slack.views(ben.id)).toHaveLength(1);
  });

  test("lives three seconds", async () => {
    const [inTime, late] = [await trigger(), await trigger()];
    now += 3 * SECOND;
    expect(await open(inTime)).toMatchObject({ ok: true });
    now += 1;
    expect(await open(late)).toMatchObject({ error: "expired_trigger_id" });
  });

  test("that was never issued is invalid", async () => {
    expect(await open("1.2.3")).toMatchObject({ error: "invalid_trigger_id" });
  });
});

test("an update does not overwrite a newer view", async () => {
  const { view } = await open(await trigger());
  const update = (hash: string) =>
    call("views.update", { view_id: view.id, hash, view: JSON.stringify(modal()) });
  const second = await update(view.hash);
  expect(second).toMatchObject({ ok: true });
  expect(await update(view.hash)).toMatchObject({ error: "hash_conflict" });
  expect(await call("views.update", { view_id: "V0", view: JSON.stringify(modal()) })).toMatchObject({
    error: "not_found",
  });
});

test("an external_id belongs to one view", async () => {
  await open(await trigger(), modal({ external_id: "a" }));
  expect(await open(await trigger(), modal({ external_id: "a" }))).toMatchObject({
    error: "duplicate_external_id",
  });
});

test("three views can be stacked, no more, and only from a modal", async () => {
  const button = { type: "button", text: plain("More"), action_id: "more" };
  const view = JSON.stringify(modal({ blocks: [{ type: "actions", elements: [button] }] }));
  const push = async (trigger_id: string) => call("views.push", { trigger_id, view });
  expect(await push(await trigger())).toMatchObject({ error: "not_found" });
  await call("views.open", { trigger_id: await trigger(), view });
  const pushFromTop = async () => {
    const top = slack.views(ben.id).at(-1)!;
    return push(await triggerOf(() => slack.click({ view: top.id }, "more", { user: ben.id })));
  };
  expect(await pushFromTop()).toMatchObject({ ok: true });
  expect(await pushFromTop()).toMatchObject({ ok: true });
  expect(await pushFromTop()).toMatchObject({ error: "push_limit_reached" });
});

describe("over a response_url", () => {
  test("the app may post five times within half an hour", async () => {
    const url = await responseUrl();
    for (let i = 1; i <= 5; i += 1) expect(await (await post(url, { text: `${i}` })).text()).toBe("ok");
    expect(await (await post(url, { text: "6" })).json()).toEqual({ ok: false, error: "used_url" });
    const late = await responseUrl();
    now += 1_800 * SECOND;
    expect(await (await post(late, { text: "late" })).json()).toEqual({ ok: false, error: "expired_url" });
  });

  test("a message that Slack would refuse is refused", async () => {
    const blocks = [{ type: "header", text: plain("x".repeat(151)) }];
    const answer = await post(await responseUrl(), { text: "x", blocks });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ ok: false, error: "invalid_blocks" });
  });
});

test("an ephemeral message is visible to one person in the channel", async () => {
  const notify = (user: string) => call("chat.postEphemeral", { channel: CHANNEL, user, text: "psst" });
  expect(await notify(ben.id)).toMatchObject({ ok: true });
  expect(await notify(gus.id)).toMatchObject({ error: "user_not_in_channel" });
  expect(slack.ephemerals(ben.id, CHANNEL)).toMatchObject([{ text: "psst" }]);
  expect(slack.messages(CHANNEL)).toEqual([]);
});

test("the bot can delete only its own messages", async () => {
  const { ts } = await call("chat.postMessage", { channel: CHANNEL, text: "x" });
  expect(await call("chat.delete", { channel: CHANNEL, ts })).toMatchObject({ ok: true });
  const theirs = slack.write(CHANNEL, "mine", ben.id).ts;
  expect(await call("chat.delete", { channel: CHANNEL, ts: theirs })).toMatchObject({
    error: "cant_delete_message",
  });
});

describe("people", () => {
  test("are returned with their roles", async () => {
    expect((await call("users.info", { user: mira.id })).user).toMatchObject({
      is_admin: true,
      is_owner: true,
    });
    expect((await call("users.info", { user: gus.id })).user).toMatchObject({
      is_restricted: true,
      is_ultra_restricted: false,
    });
    expect((await call("users.info", { user: lea.id })).user).toMatchObject({ is_ultra_restricted: true });
    expect(await call("users.info", { user: "U0" })).toMatchObject({ error: "user_not_found" });
  });

  test("are members of channels and groups", async () => {
    expect((await call("conversations.members", { channel: CHANNEL })).members).toContain(ben.id);
    expect((await call("conversations.members", { channel: CHANNEL })).members).not.toContain(gus.id);
    expect((await call("usergroups.users.list", { usergroup: "S0ONCALL01" })).users).toEqual([
      mira.id,
      ben.id,
    ]);
    expect(await call("usergroups.users.list", { usergroup: "S0" })).toMatchObject({
      error: "no_such_subteam",
    });
  });

  test("receive direct messages", async () => {
    const { channel } = await call("conversations.open", { users: ben.id });
    await call("chat.postMessage", { channel: ben.id, text: "hello" });
    expect(slack.messages((channel as unknown as { id: string }).id)).toMatchObject([{ text: "hello" }]);
  });
});

describe("rate limits", () => {
  test("are off by default", async () => {
    for (let i = 0; i < 8; i += 1) {
      expect(await call("chat.postMessage", { channel: CHANNEL, text: "x" })).toMatchObject({ ok: true });
    }
  });

  test("allow five posts to a channel at once, then one a second", async () => {
    slack.limitRates(true);
    const notify = (channel: string) => call("chat.postMessage", { channel, text: "x" });
    for (let i = 0; i < 5; i += 1) await notify(CHANNEL);
    expect(await notify(CHANNEL)).toMatchObject({ error: "ratelimited", status: 429, retryAfter: "5" });
    expect(await notify(ben.id)).toMatchObject({ ok: true });
    now += 5 * SECOND;
    expect(await notify(CHANNEL)).toMatchObject({ ok: true });
  });

  test("allow twenty calls a minute of a tier 2 method", async () => {
    slack.limitRates(true);
    for (let i = 0; i < 20; i += 1) await call("conversations.list");
    expect(await call("conversations.list")).toMatchObject({ error: "ratelimited", retryAfter: "60" });
    now += 60 * SECOND;
    expect(await call("conversations.list")).toMatchObject({ ok: true });
  });
});

/** What a person does though nobody listens, and the trigger id that it minted. */
async function triggerOf(act: () => Promise<unknown>): Promise<string> {
  let found = "";
  slack.app.pointTo("http://127.0.0.1:9");
  await act();
  const body = slack.app.http.sent.at(-1)!.body;
  const payload = new URLSearchParams(body);
  found = payload.get("trigger_id") ?? JSON.parse(payload.get("payload")!).trigger_id;
  return found;
}
const typed = () => slack.command("/tidewatch x", { user: ben.id, channel: CHANNEL });
const trigger = () => triggerOf(typed);
async function responseUrl(): Promise<string> {
  await trigger();
  return new URLSearchParams(slack.app.http.sent.at(-1)!.body).get("response_url")!;
}

const post = (url: string, body: object) => fetch(url, { method: "POST", body: JSON.stringify(body) });
const open = (trigger_id: string, view: object = modal()) =>
  call("views.open", { trigger_id, view: JSON.stringify(view) });

interface Answer {
  readonly ok: boolean;
  readonly error?: string;
  readonly ts: string;
  readonly view: { readonly id: string; readonly hash: string };
  readonly user: object;
  readonly users: string[];
  readonly members: string[];
  readonly channel: unknown;
  readonly response_metadata: { readonly messages: string[] };
}

async function call(method: string, args: Record<string, string> = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${slack.token}` };
  const answer = await fetch(`${slack.apiUrl}${method}`, {
    method: "POST",
    headers,
    body: new URLSearchParams(args),
  });
  const retryAfter = answer.headers.get("retry-after");
  return { ...((await answer.json()) as Answer), ...(retryAfter && { status: answer.status, retryAfter }) };
}
