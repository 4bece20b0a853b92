import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { type Stage, setStage, stagedApp } from "../support/stage.ts";
import { until } from "../support/until.ts";
import { hasChromium, launch, type Visitor, visit } from "./browser.ts";

const at = (hours: number) => noon + hours * HOUR;

/** Keeps a picture of a message, once its chart is there. */
async function keep(found: Locator, name: string, { screenshot }: Visitor): Promise<void> {
  await found.waitFor();
  await found.scrollIntoViewIfNeeded();
  for (const chart of await found.locator("img[alt^=Chart]").all()) await chart.waitFor();
  await screenshot(name, found);
}

const names = { ios: "iOS", android: "Android", web: "Web" };

// npm run e2e obtains a browser; a machine without one runs everything else.
describe.runIf(hasChromium)("the tour: from setting up a watch to labelling its incident", () => {
  let stage: Stage;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    stage = await setStage(noon, {
      apps: Object.keys(names).map(stagedApp),
      segments: [
        { id: "new-users", name: "New users", share: 0.3 },
        { id: "beta-testers", name: "Beta testers", share: 0.02, tracked: false },
      ],
      slackOnStageTime: true,
      // A busy machine is no reason for a form not to open.
      slack: { ackWithin: 60_000, triggerLife: 60_000 },
      missingDataTimeout: 60_000,
    });
    for (const [app, name] of Object.entries(names)) {
      await stage.bot.apps.save({ workspace: "main", app, name });
    }
    await stage.startConsole();
    browser = await launch();
    visitor = await visit(browser, stage.slack.url, process.env.CHART_IMAGES);
  });
  afterAll(async () => {
    await browser.close();
    await stage.close();
    expect(visitor.problems).toEqual([]);
    expect(stage.slack.failures).toEqual([]);
  });

  test("a person sets up a watch in a form that previews its alerts", async () => {
    const { page, type, screenshot } = visitor;
    await type("/tidewatch watch");
    const form = page.getByRole("dialog", { name: "Add a watch" });
    await form.getByLabel("App", { exact: true }).selectOption({ label: "iOS" });
    const segment = form.getByLabel("Segment");
    await segment.pressSequentially("beta");
    await form.getByRole("option", { name: "Beta testers" }).click();
    await form.getByRole("button", { name: "Watch", exact: true }).click();
    await form
      .getByText(/tracking/)
      .first()
      .waitFor();

    // The metric of that name is an option of another list. An answer to the form in between closes this one.
    const newUsers = form.getByRole("option", { name: "New users" }).filter({ visible: true });
    await until(async () => {
      await segment.fill("");
      await segment.pressSequentially("new");
      return newUsers.click({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    }, "the segment to be chosen");
    await form.getByLabel("Sensitivity").selectOption({ label: "High" });
    await form.getByText(/alerts? in \d weeks at high/).waitFor();
    await form.getByRole("img").last().scrollIntoViewIfNeeded();
    await screenshot("watch-form");
    await form.getByRole("button", { name: "Watch", exact: true }).click();
    await form.waitFor({ state: "hidden" });

    await until(async () => (await stage.bot.watches.all()).length === 1, "the watch to be kept");
    expect((await stage.bot.watches.all())[0]).toMatchObject({
      series: { workspace: "main", app: "ios", segment: "new-users", unit: "hour" },
      sensitivity: "high",
      channel: "C0ALERTS1",
    });
  });

  test("a person adds watches in one line, and undoes a mute by the button in the answer", async () => {
    const { page, type, message } = visitor;
    for (const app of Object.keys(names)) await type(`/tidewatch watch app:${app}`);
    await until(async () => (await stage.bot.watches.all()).length === 4, "all watches");
    await type("/tidewatch mute web 4h");
    const answer = message(/muted/i);
    await answer.getByRole("button", { name: "Undo" }).click();
    await until(async () => (await stage.bot.mutes.all()).length === 0, "the mute to be taken back");
    await page
      .getByText(/removed the mute/)
      .last()
      .waitFor();
  });

  test("invalid input is answered with what was wrong and how to type it", async () => {
    const { page, type } = visitor;
    await type("/tidewatch mute nothing 4h");
    await page.getByText(/no watch "nothing"/i).waitFor();
    await type("/tidewatch staus");
    await page.getByText(/did you mean status/i).waitFor();
  });

  test("an incident is one message, and people acknowledge, explain and label it there", async () => {
    const { page, screenshot } = visitor;
    stage.braze.control.happen({ series: { app: "ios" }, kind: "drop", from: at(3), hours: 4, size: 0.45 });
    await stage.liveThrough(at(6));

    // Its replies that the channel sees, too, have no lists.
    const alert = page
      .locator("[data-ts]")
      .filter({ hasText: /(Critical|Warning): iOS/, has: page.getByRole("combobox") })
      .last();
    await alert.getByRole("button", { name: "Acknowledge" }).waitFor();
    await alert.scrollIntoViewIfNeeded();
    await screenshot("alert", alert);
    await alert.getByRole("button", { name: "Acknowledge" }).click();
    await alert.getByText(/Acknowledged by/).waitFor();

    await alert.getByRole("button", { name: "Why?" }).click();
    const why = page.getByRole("dialog", { name: "Why?" });
    await why
      .getByText(/expected/)
      .first()
      .waitFor();
    await screenshot("why", why);
    await why.getByRole("button", { name: "Close" }).last().click();

    await stage.liveThrough(at(10));
    const over = page
      .locator("[data-ts]")
      .filter({ hasText: /Resolved: iOS/, has: page.getByRole("combobox") })
      .last();
    await over.getByRole("combobox").first().selectOption({ label: "Real" });
    await page
      .getByText(/Labeled/)
      .last()
      .waitFor();
    expect(
      stage.slack.messages("C0ALERTS1").filter(({ text, threadTs }) => !threadTs && /: iOS/.test(text)),
    ).toHaveLength(1);
  });

  test("an incident that gets worse, another app that joins, and a reopening are shown to the whole channel", async () => {
    const { page, message } = visitor;
    const { happen } = stage.braze.control;
    happen({ series: { app: "android" }, kind: "drop", from: at(25), hours: 1, size: 0.45 });
    happen({ series: { app: "android" }, kind: "outage", from: at(26), hours: 3 });
    happen({ series: { app: "web" }, kind: "outage", from: at(27), hours: 2 });
    happen({ series: { app: "android" }, kind: "outage", from: at(32), hours: 2 });

    await stage.liveThrough(at(25));
    await keep(message(/(Warning|Critical): Android/), "opened", visitor);
    await stage.liveThrough(at(26));
    await keep(message(/(Critical, escalated|Critical): Android/), "escalated", visitor);
    await stage.liveThrough(at(27));
    await keep(message(/also down now: Web/), "joined", visitor);
    await stage.liveThrough(at(31));
    const root = page.locator("[data-ts]").filter({ has: page.getByRole("combobox") });
    await keep(root.filter({ hasText: /Resolved: .*Android.* back to normal/ }).last(), "resolved", visitor);
    await stage.liveThrough(at(32));
    await keep(message(/reopened: .*Android/), "reopened", visitor);
  });

  test("apps that fall together are one message that names each with its numbers", async () => {
    const { message } = visitor;
    stage.braze.control.happen({ series: {}, kind: "outage", from: at(50), hours: 3 });
    await stage.liveThrough(at(50));
    await keep(message(/sessions down almost everywhere/), "grouped", visitor);
  });

  test("the dashboard shows the state of everything", async () => {
    const { page, screenshot } = visitor;
    await page.getByRole("link", { name: "≈ Tidewatch" }).click();
    // What was published when the watch was saved is replaced by what stands now.
    await page.getByText("4 watches").waitFor();
    await screenshot("home");
  });
});
