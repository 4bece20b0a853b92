import { existsSync } from "node:fs";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";

/** Where Chromium is: what `CHROMIUM` says, or where Debian puts it. */
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const hasChromium = existsSync(CHROMIUM);

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });

/** A person at the page of the local Slack. */
export interface Visitor {
  readonly page: Page;
  /** What went wrong in the page itself. */
  readonly problems: readonly string[];
  /** Types a line, and sends it. */
  type(text: string): Promise<void>;
  /** The message that holds this text. */
  message(text: string | RegExp): Locator;
  /** Keeps a picture of the page, or of a part of it, on a desktop and on a phone, where pictures are wanted. */
  screenshot(name: string, part?: Locator): Promise<void>;
}

const DESKTOP = { width: 1280, height: 960 };
/** As wide as a phone, and high enough for a whole message. */
const TELEPHONE = { width: 390, height: 1_700 };

/** Opens the page. @param folder where pictures are kept; left out: nowhere. */
export async function visit(browser: Browser, url: string, folder?: string): Promise<Visitor> {
  const page = await browser.newPage({ viewport: DESKTOP, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.goto(url);
  await page.getByText("live", { exact: true }).waitFor();
  return {
    page,
    problems,
    async type(text) {
      const line = page.locator("#composer input");
      await line.fill(text);
      await line.press("Enter");
    },
    message: (text) => page.locator("[data-ts]").filter({ hasText: text }).last(),
    async screenshot(name, part) {
      const path = `${folder}/${name}.png`;
      // The line to type in overlaps the last message by some pixels.
      const style = "#composer { visibility: hidden }";
      if (!folder) return;
      await (part ? part.screenshot({ path, style }) : page.screenshot({ path }));
      await page.setViewportSize(TELEPHONE);
      const narrow = `${folder}/${name}-phone.png`;
      await (part ? part.screenshot({ path: narrow, style }) : page.screenshot({ path: narrow }));
      await page.setViewportSize(DESKTOP);
    },
  };
}
