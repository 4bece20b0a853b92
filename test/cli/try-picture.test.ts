import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SlackSimulator, startSlackSimulator } from "../../simulator/slack/simulator.ts";
import { chartPng } from "../../src/adapters/chart/painter.ts";
import { tryChartImage } from "../../src/cli/doctor/try-picture.ts";
import { runProgram } from "../support/program.ts";

const CHANNEL = "C0ALERTS1";
let slack: SlackSimulator;
beforeEach(async () => {
  slack = await startSlackSimulator();
});
afterEach(() => slack.close());

const attempt = (newChartImages: "thread" | "edit", channel = CHANNEL) =>
  tryChartImage(
    { slack: { token: slack.token, apiUrl: slack.apiUrl, whenUnsure: "twice", newChartImages } },
    { channel, paint: chartPng, shareTimeout: 50 },
  );

describe.each([
  [false, "shows no picture", { thread: "passed", edit: "failed" }],
  [true, "shows its picture", { thread: "note", edit: "passed" }],
] as const)("where Slack shows new files in edits: %s", (editsShowNewFiles, words, expected) => {
  test.each(["thread", "edit"] as const)("the doctor sees this and says whether %s fits", async (set) => {
    slack.files.switch({ editsShowNewFiles });
    const results = await attempt(set);
    expect(results).toEqual([
      expect.objectContaining({ result: expected[set], what: expect.stringContaining(words) }),
    ]);
    expect(JSON.stringify(results)).toContain(`SLACK_NEW_PICTURES=${editsShowNewFiles ? "edit" : "thread"}`);
    expect(slack.calls("chat.update")).toHaveLength(1);
    expect(slack.messages(CHANNEL)).toEqual([]);
    expect(slack.files.kept()).toEqual([]);
  });
});

test("an edit that Slack refuses leaves no message and no file behind", async () => {
  slack.refuse(({ method }) => (method === "chat.update" ? "invalid_blocks" : undefined));
  expect(await attempt("thread")).toEqual([expect.objectContaining({ result: "failed" })]);
  expect(slack.messages(CHANNEL)).toEqual([]);
  expect(slack.files.kept()).toEqual([]);
});

test("the doctor names what it cannot delete again", async () => {
  slack.refuse(({ method }) => (/delete$/.test(method) ? "moon_in_wrong_house" : undefined));
  const shown = JSON.stringify(await attempt("thread"));
  expect(shown).toContain("the sample message stays");
  expect(shown).toContain("a sample file stays");
});

test("an invalid channel id is refused with a clear error, and nothing is sent", async () => {
  expect(await attempt("thread", "#alerts")).toEqual([expect.objectContaining({ result: "failed" })]);
  expect(slack.calls()).toEqual([]);
});

test("the picture trial of the doctor without a channel prints its usage", async () => {
  const { status, printed } = await runProgram("src/cli/doctor.ts", ["--try-picture"], { settings: {} });
  expect([status, printed]).toEqual([2, expect.stringContaining("doctor -- --try-picture CHANNEL")]);
});
