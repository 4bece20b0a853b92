import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { slackChartUpload } from "../../../src/adapters/slack/client/chart-upload.ts";
import { slackMessenger } from "../../../src/adapters/slack/client/messenger.ts";
import { type Liar, startLiar } from "../../fuzz/ways/liar.ts";
import { noon } from "../../support/builders.ts";
import { scenes } from "../chart/scenes.ts";

const token = "xoxb-hostile-answers-7f3a";
let liar: Liar;
beforeEach(async () => {
  liar = await startLiar();
});
afterEach(() => liar.close());

const options = () => ({ token, apiUrl: `${liar.url}/api/`, timeout: 5_000 });
const answerWith = (body: string, status = "200 OK", headers = "") => {
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n`;
  liar.reply = { bytes: Buffer.from(head + body), stalls: false, isEndless: false };
};
const message = { text: "t", blocks: [] };
const post = () => slackMessenger(options()).post("C0ALERTS1", message, { messageId: "a" });
const find = () => slackMessenger(options()).find("C0ALERTS1", "a", noon);
const rejection = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test.each(['{"ok":true}', '{"ok":true,"ts":7}', '{"ok":true,"ts":""}'])(
  "a success without the message's timestamp, %s, leaves it open whether the message arrived",
  async (body) => {
    answerWith(body);
    expect(await rejection(post())).toMatchObject({ failure: "slack-unsure" });
  },
);

test.each([
  '{"ok":true}',
  '{"ok":true,"messages":{}}',
  '{"ok":true,"messages":"none"}',
  '{"ok":true,"messages":[],"response_metadata":{"next_cursor":7}}',
  '{"ok":true,"messages":[{"metadata":{"event_type":"tidewatch_notice","event_payload":{"id":"a"}}}]}',
])("%s is not read as an empty channel", async (body) => {
  answerWith(body);
  expect(await rejection(find())).toMatchObject({ failure: "slack-unreachable" });
});

test("a channel whose pages never end counts as not searched", async () => {
  answerWith('{"ok":true,"messages":[null,{}],"response_metadata":{"next_cursor":"again"}}');
  expect(await find()).toBe("cannot-look");
});

test("a response without an end is not read to its end", async () => {
  const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";
  liar.reply = { bytes: Buffer.from(head), stalls: false, isEndless: true };
  expect(await rejection(find())).toMatchObject({ failure: "slack-unreachable" });
});

test("a small compressed response that expands without limit is not read to its end", async () => {
  const packed = gzipSync(`{"ok":true,"messages":[]${" ".repeat(30_000_000)}}`);
  expect(packed.length).toBeLessThan(100_000);
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`;
  liar.reply = { bytes: Buffer.concat([Buffer.from(head), packed]), stalls: false, isEndless: false };
  expect(await rejection(find())).toMatchObject({ failure: "slack-unreachable" });
});

test("a redirect is not followed", async () => {
  const elsewhere = await startLiar();
  let asked = false;
  Object.defineProperty(elsewhere, "reply", {
    get: () => {
      asked = true;
      return { bytes: Buffer.alloc(0), stalls: false, isEndless: false };
    },
  });
  answerWith("", "307 Temporary Redirect", `Location: ${elsewhere.url}/\r\n`);
  expect(await rejection(post())).toMatchObject({ failure: expect.stringMatching(/^slack-/) });
  expect(asked).toBe(false);
  await elsewhere.close();
});

test.each([
  "http://127.0.0.1:1/up",
  "https://evil.example/files.slack.com",
  "http://files.slack.com/up",
  "https://slack-evil.com/up",
  "https://files.slack-evil.com/up",
  "https://evil.slack.com.example/up",
  "https://someones-workspace.slack.com/up",
  "https://files.slack.com:8443/up",
  "https://files.slack.com@evil.example/up",
  "nowhere",
])("a picture is not sent to %s", async (address) => {
  answerWith(JSON.stringify({ ok: true, file_id: "F1", upload_url: address }));
  const hung = slackChartUpload(options()).hang(new Uint8Array(9), scenes.drop!, AbortSignal.timeout(5_000));
  expect(await rejection(hung)).toMatchObject({ message: expect.stringContaining("no place to put it") });
});

test("a token that Slack quotes appears nowhere in the error, including its causes", async () => {
  answerWith(`{"ok":false,"error":"channel_not_found","response_metadata":{"messages":["${token}"]}}`);
  const error = await rejection(post());
  expect(error).toMatchObject({ failure: "slack-destination" });
  expect(inspect(error, { depth: 9 })).not.toContain(token);
});
