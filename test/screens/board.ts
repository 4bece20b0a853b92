import { chromium } from "playwright-core";
import { connect } from "../../src/adapters/redis/connection.ts";
import { HOUR } from "../../src/core/time.ts";
import { createLog } from "../../src/log.ts";
import { startBoard } from "../../workers/board/board.ts";
import { noon } from "../builders.ts";
import { setStage, watches } from "../stage.ts";

// node test/screens/board.ts: the picture of Bull Board in docs/operations.md, of the jobs of a morning with an outage.
// Needs Chromium (CHROMIUM, or the one Debian installs).
const PASSWORD = "of-this-picture-alone";
const stage = await setStage(noon);
const log = createLog("error");
const connection = connect(stage.redis.url, log);
try {
  for (const watch of watches) await stage.bot.watches.save(watch);
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon + HOUR, hours: 3 });
  await stage.startWorkers();
  await stage.liveThrough(noon + 6 * HOUR);
  const config = { host: "127.0.0.1", port: 0, password: PASSWORD, mayChange: false };
  const board = await startBoard(config, connection, log);

  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  const page = await browser.newPage({
    viewport: { width: 1180, height: 720 },
    httpCredentials: { username: "anybody", password: PASSWORD },
  });
  await page.goto(`${board.url}/queue/collect?status=completed`);
  await page.getByText("main.ios").first().waitFor();
  await page.screenshot({ path: process.argv[2] ?? "docs/images/board.png" });
  await browser.close();
  await board.close();
} finally {
  connection.disconnect();
  await stage.close();
}
