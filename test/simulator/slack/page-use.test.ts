import { existsSync } from "node:fs";
import type { App } from "@slack/bolt";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ben, mira } from "../../../simulator/slack/people.ts";
import { type SlackSimulator, startSlackSimulator } from "../../../simulator/slack/simulator.ts";
import { until } from "../../support/until.ts";
import { boltOverSockets } from "./bolt.ts";
import { makeSample, sampleMessage } from "./sample-app.ts";

const CHANNEL = "C0ALERTS1";
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

// The page is for people; a machine without a browser runs everything else.
describe.runIf(existsSync(executablePath))("a person with a browser", () => {
  let browser: Browser;
  let slack: SlackSimulator;
  let app: App;
  let page: Page;
  let problems: string[];
  const submitted: unknown[] = [];
  const chosen: unknown[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    submitted.length = 0;
    problems = [];
    slack = await startSlackSimulator({
      ackWithin: 20_000,
      triggerLife: 20_000,
      shortcuts: [{ name: "Why this alert?", callback_id: "alert.why" }],
    });
    chosen.length = 0;
    app = await boltOverSockets(slack);
    makeSample(app, (values) => submitted.push(values));
    app.shortcut("alert.why", async ({ ack, shortcut }) => {
      await ack();
      if ("message" in shortcut) chosen.push([shortcut.user.id, shortcut.message.ts]);
    });
    const { token } = slack;
    await app.client.chat.postMessage({ token, channel: CHANNEL, text: "iOS −51%", blocks: sampleMessage });
    page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    page.on("pageerror", ({ message }) => problems.push(message));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    await page.goto(slack.url);
    await page.getByText("live", { exact: true }).waitFor();
  });
  afterEach(async () => {
    await page.close();
    await app.stop();
    await slack.close();
    expect(problems).toEqual([]);
  });

  const type = async (text: string) => {
    const line = page.getByLabel("Message #alerts");
    await line.fill(text);
    await line.press("Enter");
  };

  test("replies in the thread of a message, and what is typed outlasts a new message", async () => {
    await page.getByText("Reply in thread").click();
    const line = page.getByLabel("Reply in the thread");
    await line.fill("false al");
    const { token } = slack;
    await app.client.chat.postMessage({ token, channel: CHANNEL, text: "Android −20%" });
    await page.getByText("Android −20%").waitFor();
    expect(await line.first().inputValue()).toBe("false al");
    await line.first().fill("false alarm");
    await line.first().press("Enter");
    await page.getByText("1 reply").waitFor();
    const [root] = slack.messages(CHANNEL);
    expect(slack.messages(CHANNEL).find(({ threadTs }) => threadTs === root!.ts)).toMatchObject({
      text: "false alarm",
      by: mira.id,
    });
  });

  test("chooses a shortcut of the app in the menu of a message", async () => {
    await page.getByLabel("More actions").first().click();
    await page.getByRole("button", { name: "Why this alert?" }).click();
    await until(() => chosen.length > 0, "the shortcut");
    expect(chosen).toEqual([[mira.id, slack.messages(CHANNEL)[0]!.ts]]);
  });

  test("types a command and sees the private answer", async () => {
    await type("/tidewatch foo");
    await page.getByText("Only visible to you").waitFor();
    await page.getByText("Unknown verb").waitFor();
    await page.getByLabel("You are").selectOption(ben.id);
    await until(async () => (await page.locator("#who").inputValue()) === ben.id, "the page of Ben", 10_000);
    await page.getByText("iOS · US").waitFor();
    expect(await page.getByText("Unknown verb").count()).toBe(0);
  });

  test("writes to the channel, and markup stays text", async () => {
    await type("seen <b> @ben?");
    await page.getByText("<b>").waitFor();
    await page.getByText("@Ben Tanaka").waitFor();
    expect(slack.messages(CHANNEL).at(-1)).toMatchObject({
      by: mira.id,
      text: `seen &lt;b&gt; <@${ben.id}|ben>?`,
    });
  });

  test("presses a button, and the message shows this", async () => {
    await page.getByRole("button", { name: "Acknowledge" }).click();
    await page.getByText("Acknowledged by").waitFor();
    await page.getByText("@Mira Okafor").waitFor();
  });

  test("chooses in a select, a date picker and an overflow menu", async () => {
    await page.getByLabel("Mute").selectOption("4h");
    await page.getByText("mute: 4h").waitFor();
    await page.locator("input[type=date]").fill("2026-06-17");
    await page.getByText("day: datepicker").waitFor();
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Open the dashboard" }).click();
    await page.getByText("more: open").waitFor();
  });

  test("confirms a dialog", async () => {
    const remove = page.getByRole("article").getByRole("button", { name: "Remove" });
    await remove.click();
    await page.getByRole("button", { name: "Keep" }).click();
    await remove.click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByText("remove: button").waitFor();
    expect(slack.ephemerals(mira.id, CHANNEL)).toHaveLength(1);
  });

  test("fills in a modal by keyboard, sees it change, sees the error at its field, and saves", async () => {
    await type("/tidewatch watch");
    const modal = page.getByRole("dialog", { name: "Add a watch" });
    await modal.waitFor();
    const segment = modal.getByRole("combobox", { name: "Segment" });
    await segment.fill("lap");
    await modal.getByRole("option", { name: "Lapsing" }).waitFor();
    await segment.press("ArrowDown");
    await segment.press("Enter");
    await modal.getByLabel("Note").fill("kept while the view changes");
    await modal.getByLabel("Sensitivity").selectOption("high");
    await modal.getByText("9 alerts in 8 weeks").waitFor();
    expect(await modal.getByLabel("Note").inputValue()).toBe("kept while the view changes");

    await modal.getByRole("button", { name: "Save" }).click();
    await modal.getByText("Braze no longer tracks this segment.").waitFor();
    await segment.fill("pow");
    await modal.getByRole("option", { name: "Power users" }).click();
    await modal.getByLabel("Spikes").check();
    await modal.getByLabel("Least sessions").fill("50");
    await modal.getByRole("button", { name: "Save" }).click();
    await modal.waitFor({ state: "hidden" });
    await until(() => submitted.length === 1, "what was submitted", 10_000);
    expect(submitted[0]).toMatchObject({
      segment: { segment: { selected_option: { value: "Power users" } } },
      sensitivity: { sensitivity: { selected_option: { value: "high" } } },
      floor: { floor: { value: "50" } },
      directions: { directions: { selected_options: [{ value: "drop" }, { value: "spike" }] } },
      channel: { channel: { selected_conversation: CHANNEL } },
      note: { note: { value: "kept while the view changes" } },
    });
  });

  test("closes a modal with Escape", async () => {
    await type("/tidewatch watch");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await until(() => slack.views(mira.id).length === 0, "the modal to close", 10_000);
  });

  test("opens the Home and adds a watch from there", async () => {
    await page.getByRole("link", { name: "≈ Tidewatch" }).click();
    await page.getByRole("button", { name: "Add a watch" }).click();
    await page.getByRole("dialog", { name: "Add a watch" }).waitFor();
  });

  test("finds a name on every control", async () => {
    await type("/tidewatch watch");
    await page.getByRole("dialog").waitFor();
    const nameless = await page.evaluate(
      `Array.from(document.querySelectorAll("button, select, input, textarea, summary"))
        .filter((each) => !each.ariaLabel && !each.textContent.trim() && !each.labels?.length)
        .map((each) => each.outerHTML)`,
    );
    expect(nameless).toEqual([]);
  });
});
