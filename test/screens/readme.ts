import { chromium } from "playwright-core";
import { HOUR } from "../../src/core/time.ts";
import { noon } from "../builders.ts";
import { setStage, watches } from "../stage.ts";

// npm run screenshots: the README's picture, of a real alert that came the whole way. Needs Chromium (CHROMIUM, or
// the one Debian installs).
const at = (hours: number) => noon + hours * HOUR;
const stage = await setStage(noon);
try {
  const names = { ios: "iOS", android: "Android", web: "Web" };
  for (const watch of watches) {
    await stage.bot.watches.save({ ...watch, appName: names[watch.id as keyof typeof names] });
  }
  stage.braze.control.happen({ series: { app: "ios" }, kind: "drop", from: at(3), hours: 4, size: 0.45 });
  await stage.startWorkers();
  await stage.liveThrough(at(6));

  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  const page = await browser.newPage({ viewport: { width: 1180, height: 880 }, deviceScaleFactor: 1.5 });
  await page.goto(stage.slack.url);
  await page.getByText("iOS").first().waitFor();
  await page.screenshot({ path: process.argv[2] ?? "docs/images/alert.png" });
  await browser.close();
} finally {
  await stage.close();
}
