import { createHmac } from "node:crypto";
import { WebClient } from "@slack/web-api";
import { createEmulator, type Emulator } from "emulate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { type Console, startConsole } from "../../workers/slack/console.ts";
import { noon } from "../support/builders.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

/**
 * First contact on an emulator of Slack that others wrote. It stores channels, people, messages, threads and files,
 * checks tokens, and dates messages. It sends no events through its public interface, has no slash commands, no
 * buttons and no Socket Mode, and does not check blocks: each event here is a message as it stores it, signed as Slack
 * signs it.
 */
const TOKEN = "xoxb-tidewatch-of-the-emulator";
const SECRET = "0123456789abcdef0123456789abcdef";

let emulator: Emulator;
let stage: Stage;
let console: Console;
let channel: string;
let self: string;
const alice = () => new WebClient("xoxp-alice", { slackApiUrl: `${emulator.url}/api/` });
const tidewatch = () => new WebClient(TOKEN, { slackApiUrl: `${emulator.url}/api/` });

beforeAll(async () => {
  emulator = await createEmulator({
    service: "slack",
    port: 0,
    seed: {
      slack: {
        team: { name: "Shop", domain: "shop" },
        users: [{ name: "alice" }, { name: "tidewatch" }],
        channels: [{ name: "alerts" }],
        tokens: [
          { token: TOKEN, user: "tidewatch", scopes: ["chat:write"] },
          { token: "xoxp-alice", user: "alice", scopes: ["chat:write"] },
        ],
      },
    },
  });
  const { channels } = await tidewatch().conversations.list();
  channel = channels!.find(({ name }) => name === "alerts")!.id!;
  self = (await tidewatch().auth.test()).user_id!;
  stage = await setStage(noon, { otherSlack: { token: TOKEN, apiUrl: `${emulator.url}/api/` } });
  await stage.startWorkers();
  const way = { via: "http", signingSecret: SECRET, host: "127.0.0.1", port: 0 } as const;
  console = (await startConsole(stage.bot, { ...stage.config, console: way }, createLog("debug")))!;
});
afterAll(async () => {
  await console.stop();
  await stage.close();
  await emulator.close();
});

let events = 0;
/** Passes an event on as Slack does, and waits for its acknowledgement. */
async function pass(event: Readonly<Record<string, unknown>>): Promise<void> {
  const body = JSON.stringify({
    type: "event_callback",
    team_id: "T000000001",
    api_app_id: "A0TIDEWATCH",
    event_id: `Ev${++events}`,
    event,
  });
  const at = String(Math.floor(Date.now() / 1_000));
  const signature = `v0=${createHmac("sha256", SECRET).update(`v0:${at}:${body}`).digest("hex")}`;
  const headers = {
    "content-type": "application/json",
    "x-slack-request-timestamp": at,
    "x-slack-signature": signature,
  };
  expect((await fetch(console.url()!, { method: "POST", body, headers })).status).toBe(200);
}

const messages = async () => (await tidewatch().conversations.history({ channel })).messages ?? [];
const repliesTo = async (ts: string) =>
  (await tidewatch().conversations.replies({ channel, ts })).messages ?? [];

/** Alice writes, and Slack tells the bot of the message as it stores it. */
async function write(text: string, thread?: string) {
  const { ts } = await alice().chat.postMessage({ channel, text, ...(thread && { thread_ts: thread }) });
  const stored = thread
    ? (await repliesTo(thread)).find((one) => one.ts === ts)!
    : (await messages()).find((one) => one.ts === ts)!;
  const isMention = text.includes(`<@${self}>`);
  await pass({
    ...stored,
    channel,
    ...(isMention ? { type: "app_mention" } : { type: "message", channel_type: "channel" }),
  });
}

test("whoever invites Tidewatch is welcomed there", async () => {
  await pass({ type: "member_joined_channel", user: self, channel, channel_type: "C", event_ts: "1.000001" });
  await until(
    async () => (await messages()).some(({ text }) => text?.includes("Tidewatch is here")),
    "the welcome",
  );
});

test("a mention posts a sample alert, which is edited in place and has its picture", async () => {
  await write(`<@${self}> test`);
  const sample = async () => (await messages()).find(({ text }) => text?.includes("Test alert"));
  await until(async () => (await sample())?.edited !== undefined, "the sample, edited");
  expect((await sample())?.blocks?.map(({ type }) => type)).toContain("image");
});

test("an outage is one alert, which a reply in its thread mutes, and a note stays with it", async () => {
  for (const watch of watches) await stage.bot.watches.save({ ...watch, channel });
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon, hours: 48 });
  await stage.liveThrough(noon);
  const alert = async () => (await messages()).filter(({ text }) => /: ios/.test(text ?? ""));
  await until(async () => (await alert()).length === 1, "the alert");
  const [root] = await alert();
  await write("mute 2h", root!.ts);
  await until(async () => (await stage.bot.mutes.all()).length === 1, "the mute");
  await write("release 4.2 broke the login", root!.ts);
  const incident = async () => (await stage.bot.incidents.live("ios"))[0]!;
  await until(async () => (await incident()).notes !== undefined, "the note");
  expect((await incident()).notes).toMatchObject([{ text: "release 4.2 broke the login" }]);
});
