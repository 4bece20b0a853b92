import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ben } from "../../../simulator/slack/people.ts";
import { type SlackSimulator, startSlackSimulator } from "../../../simulator/slack/simulator.ts";

const CHANNEL = "C0ALERTS1";
const plain = (text: string) => ({ type: "plain_text", text });
const view = {
  type: "modal",
  callback_id: "watch",
  title: plain("Watch"),
  submit: plain("Save"),
  notify_on_close: true,
  blocks: [
    { type: "input", optional: true, label: plain("Name"), element: { type: "plain_text_input" } },
    { type: "actions", elements: [{ type: "button", text: plain("More"), action_id: "more" }] },
  ],
};

let slack: SlackSimulator;
beforeEach(async () => {
  // Nobody listens: it is looked at what is sent.
  slack = await startSlackSimulator({ requestUrl: "http://127.0.0.1:9", triggerLife: 60_000 });
});
afterEach(() => slack.close());

// Keys that the samples leave out, though Slack sends them.
const later = new Set(["response_urls", "view.blocks"]);

test("a slash command has the keys of Slack's sample", async () => {
  await slack.command("/tidewatch list", { user: ben.id, channel: CHANNEL });
  const sent = Object.fromEntries(new URLSearchParams(slack.app.http.sent.at(-1)!.body));
  expect(strangers(sent, sampleOf("SlashCommandPayload"))).toEqual([]);
  const optional = ["enterprise_id", "enterprise_name"];
  expect(Object.keys(sampleOf("SlashCommandPayload")).filter((key) => !(key in sent))).toEqual(optional);
});

test("a click, a submission and a closed view have keys of Slack's samples", async () => {
  await slack.command("/tidewatch list", { user: ben.id, channel: CHANNEL });
  const trigger = new URLSearchParams(slack.app.http.sent.at(-1)!.body).get("trigger_id")!;
  await fetch(`${slack.apiUrl}views.open`, {
    method: "POST",
    headers: { authorization: `Bearer ${slack.token}` },
    body: new URLSearchParams({ trigger_id: trigger, view: JSON.stringify(view) }),
  });
  const { id } = slack.views(ben.id)[0]!;

  await slack.click({ view: id }, "more", { user: ben.id });
  expect(lastPayload()).toMatchObject({ type: "block_actions", container: { type: "view", view_id: id } });
  expect(strangers(lastPayload(), sampleOf("BlockActionPayload"))).toEqual([]);
  await slack.submit(id);
  expect(lastPayload()).toMatchObject({ type: "view_submission", response_urls: [] });
  expect(strangers(lastPayload(), sampleOf("ViewSubmissionPayload"))).toEqual([]);
  await slack.dismiss(ben.id);
  expect(lastPayload()).toMatchObject({ type: "view_closed", is_cleared: false });
  expect(strangers(lastPayload(), sampleOf("ViewClosedPayload"))).toEqual([]);
});

test("a click in a message has keys of Slack's sample and does not repeat an ephemeral message", async () => {
  const blocks = [{ type: "actions", elements: view.blocks[1]!.elements! }];
  const notify = async (method: string, more: object = {}) => {
    const args = { channel: CHANNEL, text: "x", blocks: JSON.stringify(blocks), ...more };
    const headers = { authorization: `Bearer ${slack.token}` };
    const answer = await fetch(`${slack.apiUrl}${method}`, {
      method: "POST",
      headers,
      body: new URLSearchParams(args),
    });
    return (await answer.json()) as { ts: string; message_ts: string };
  };
  const { ts } = await notify("chat.postMessage");
  await slack.click({ channel: CHANNEL, ts }, "more", { user: ben.id });
  expect(lastPayload()).toMatchObject({ message: { ts }, container: { is_ephemeral: false } });
  expect(strangers(lastPayload(), sampleOf("BlockActionPayload"))).toEqual([]);

  const only = await notify("chat.postEphemeral", { user: ben.id });
  await slack.click({ channel: CHANNEL, ts: only.message_ts }, "more", { user: ben.id });
  expect(lastPayload()).toMatchObject({ container: { is_ephemeral: true } });
  expect(lastPayload()).not.toHaveProperty("message");
});

/** The keys of each sample, and the keys within them. */
type Outline = Readonly<Record<string, readonly string[]>>;

const samples: Readonly<Record<string, Outline>> = JSON.parse(
  readFileSync("test/contracts-data/slack-payloads/payloads.json", "utf8"),
);

const sampleOf = (name: string): Outline => samples[name]!;

const lastPayload = (): Record<string, unknown> =>
  JSON.parse(new URLSearchParams(slack.app.http.sent.at(-1)!.body).get("payload")!);

/** Keys that a sample does not have, two levels deep. */
const strangers = (sent: Record<string, unknown>, sample: Outline): string[] =>
  Object.entries(sent).flatMap(([key, value]) => {
    if (later.has(key)) return [];
    const outline = sample[key];
    if (!outline) return [key];
    if (!isObject(value) || outline.length === 0) return [];
    return Object.keys(value)
      .filter((each) => !outline.includes(each))
      .map((each) => `${key}.${each}`)
      .filter((each) => !later.has(each));
  });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
