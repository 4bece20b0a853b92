import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "../../../../src/log.ts";
import { type Console, startConsole } from "../../../../workers/slack/console.ts";
import { noon } from "../../../support/builders.ts";
import { type Stage, setStage, watches } from "../../../support/stage.ts";
import { commandFields, headersFor, SIGNING_SECRET, startTypist, type Typist } from "../typist.ts";

let stage: Stage;
let console: Console;
let typist: Typist;
const lines: string[] = [];

beforeAll(async () => {
  stage = await setStage(noon);
  for (const watch of watches) await stage.bot.watches.save(watch);
  const log = createLog("debug", { write: (line) => lines.push(line) });
  const way = { via: "http", signingSecret: SIGNING_SECRET, host: "127.0.0.1", port: 0 } as const;
  console = (await startConsole(stage.bot, { ...stage.config, console: way }, log))!;
  typist = await startTypist(() => console.url()!);
});
afterAll(async () => {
  await console.stop();
  await typist.close();
  await stage.close();
});

const minutesOff = (minutes: number) => Math.floor(Date.now() / 1_000) + 60 * minutes;

/** Begins a request and sends some of its body; answers the status as soon as there is one. */
async function begin(headers: Readonly<Record<string, string>>, length: number, sent: number) {
  const { hostname, port, pathname } = new URL(console.url()!);
  const asked = request({
    hostname,
    port,
    path: pathname,
    method: "POST",
    headers: { ...headers, "content-length": length },
  });
  const answered = new Promise<number | undefined>((resolve) => {
    asked.on("response", (response) => resolve(response.resume().statusCode));
    asked.on("error", () => {});
  });
  asked.flushHeaders();
  if (sent > 0) await new Promise<void>((done) => asked.write("x".repeat(sent), () => done()));
  return { status: answered, close: () => asked.destroy() };
}

describe("a request", () => {
  const fields = commandFields("list", "t-refused");

  test.each([
    ["signed with another secret", { secret: "fedcba9876543210fedcba9876543210" }],
    ["six minutes old", { at: minutesOff(-6) }],
    ["of in six minutes", { at: minutesOff(6) }],
  ])("%s is refused", async (_, signing) => {
    expect((await typist.send(fields, signing)).status).toBe(401);
  });

  test("without a signature is refused", async () => {
    const response = await fetch(console.url()!, { method: "POST", body: new URLSearchParams(fields) });
    expect(response.status).toBe(401);
  });

  test("signed for another body is refused", async () => {
    const body = new URLSearchParams({ ...fields, text: "remove ios" }).toString();
    const headers = headersFor(new URLSearchParams(fields).toString());
    expect((await fetch(console.url()!, { method: "POST", body, headers })).status).toBe(401);
  });

  test("that was accepted is refused when somebody sends the same bytes again", async () => {
    const body = new URLSearchParams({
      ...commandFields("list", "t-replayed"),
      response_url: typist.responseUrl("replayed"),
    }).toString();
    const request = { method: "POST", body, headers: headersFor(body) };
    expect((await fetch(console.url()!, request)).status).toBe(200);
    expect((await fetch(console.url()!, request)).status).toBe(401);
  });

  test("with a body longer than Slack sends is refused before it is read", async () => {
    const response = await fetch(console.url()!, { method: "POST", body: "x".repeat(2_000_000) }).catch(
      () => undefined,
    );
    expect(response?.status ?? 413).toBe(413);
  });

  test.each([
    ["no signature", {}],
    ["a signature that is none", { ...headersFor(""), "x-slack-signature": "v0=abc" }],
    ["a time of yesterday", headersFor("", { at: minutesOff(-24 * 60) })],
  ])("with %s is refused before any of its body is sent", async (_, headers) => {
    const { status, close } = await begin(headers, 1_000_000, 0);
    expect(await status).toBe(401);
    close();
  });

  test("from Slack is accepted while many small forged ones would fill the memory", async () => {
    const forged = await Promise.all(
      Array.from({ length: 60 }, () => begin(headersFor(""), 999_999, 900_000)),
    );
    const refused = await Promise.race(forged.map(({ status }) => status));
    expect(refused).toBe(503);
    expect(
      (await typist.send({ ...commandFields("list", "t-flood"), response_url: typist.responseUrl("flood") }))
        .status,
    ).toBe(200);
    for (const { close } of forged) close();
  });

  test("to any other path is not found", async () => {
    expect((await fetch(new URL("/", console.url()!))).status).toBe(404);
    expect((await fetch(console.url()!)).status).toBe(404);
  });
});

test("a command is acknowledged with an empty response, and answered privately where it was typed", async () => {
  const response = await typist.send({
    ...commandFields("list", "t-list"),
    response_url: typist.responseUrl("list"),
  });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("");
  const answer = await typist.type("list");
  expect(answer.response_type).toBe("ephemeral");
  expect(JSON.stringify(answer.blocks)).toContain("`ios`");
});

test("a command that Slack delivers twice runs once", async () => {
  const fields = { ...commandFields("list", "t-twice"), response_url: typist.responseUrl("twice") };
  expect((await typist.send(fields, { at: minutesOff(0) - 1 })).status).toBe(200);
  expect((await typist.send(fields, { at: minutesOff(0) })).status).toBe(200);
  await typist.type("list");
  expect(typist.answers.get("twice")).toHaveLength(1);
});

test("an invalid command is answered with what was wrong and how to type it", async () => {
  const { text, blocks } = await typist.type("mute ios until someday");
  expect(text).toContain("someday");
  expect(JSON.stringify(blocks)).toContain("/tidewatch mute WATCH");
  expect((await typist.type("unmtue ios")).text).toContain("Did you mean unmute?");
});
