import { afterEach, beforeEach, expect, test } from "vitest";
import { type SlackSimulator, startSlackSimulator } from "../../../simulator/slack/simulator.ts";
import { slackMessenger } from "../../../src/adapters/slack/client/messenger.ts";
import { slackRenderer } from "../../../src/adapters/slack/messages/render.ts";
import type { Messenger } from "../../../src/pipeline/ports/messages.ts";
import { aNotification } from "../../support/builders.ts";

const CHANNEL = "C0ALERTS1";
const messageId = "ios-us.drop@2026-06-16T12";

let slack: SlackSimulator;
let messenger: Messenger;

beforeEach(async () => {
  slack = await startSlackSimulator();
  messenger = slackMessenger({ token: slack.token, apiUrl: slack.apiUrl });
});
afterEach(() => slack.close());

test("the page shows the channel, its messages and their threads", async () => {
  const { root, replies } = slackRenderer("UTC").alerts;
  const notification = aNotification("opened");
  const ref = await messenger.post(CHANNEL, root(notification), { messageId });
  const critical = aNotification("worsened", { severity: "critical" });
  await messenger.update(ref, root(critical), messageId);
  await messenger.post(CHANNEL, replies(critical)[0]!, { messageId: "worse", thread: ref.ts });

  const page = await textAt("/");
  expect(page).toContain("# alerts");
  expect(page).toContain("Critical: iOS · US down 51%");
  expect(page).toContain("(edited)");
  expect(page).toContain("1 reply");
  expect(page).toContain("Critical, escalated");
  expect(page).toContain('<time data-at="1781611200" data-format="{date_short_pretty} at {time}">');
});

test("a channel without messages says so", async () => {
  expect(await textAt(`/archives/${CHANNEL}`)).toContain("Nothing has been posted to #alerts yet.");
});

test.each([
  ["in a name", "<script>alert(1)</script>"],
  ["in an attribute", '"><img src=x onerror=alert(1)>'],
  ["escaped, as the bot sends it", "&lt;script&gt;alert(1)&lt;/script&gt;"],
  ["as a link", "<javascript:alert(1)|click>"],
])("no script in a message runs: %s", async (_, evil) => {
  const blocks = [{ type: "section", text: { type: "mrkdwn", text: evil } }];
  await messenger.post(CHANNEL, { text: evil, blocks }, { messageId });
  await messenger.post(CHANNEL, { text: evil, blocks: [] }, { messageId: "plain" });

  const list = await textAt(`/archives/${CHANNEL}/messages`);
  expect(list).not.toMatch(/<script|<img|href="javascript:alert/);
  expect(list).toMatch(/alert\(1\)|React has blocked/);
});

test("the page loads nothing from another host", async () => {
  await messenger.post(CHANNEL, { text: "x", blocks: [] }, { messageId });
  const answer = await fetch(slack.url);
  expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none'/);
  const page = await answer.text();
  const addresses = Array.from(page.matchAll(/(?:href|src)="([^"]*)"/g), ([, address]) => address!);
  expect(addresses.filter((address) => !/^(\/[a-z]|data:)/.test(address))).toEqual([]);
  for (const address of addresses.filter((each) => each.startsWith("/assets/"))) {
    const asset = await fetch(slack.url + address);
    expect(asset.status).toBe(200);
    expect(await asset.text()).not.toMatch(/@import|url\(["']?(https?:)?\/\//);
  }
});

test("a change is sent at once to a listening page", async () => {
  const hangUp = new AbortController();
  const { body } = await fetch(`${slack.url}/events`, { signal: hangUp.signal });
  const events = body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await events.read()).value).toContain("retry:");

  await messenger.post(CHANNEL, { text: "news", blocks: [] }, { messageId });
  expect((await events.read()).value).toContain("data: changed");
  hangUp.abort();
});

test.each(["/nowhere", "/archives/C0UNKNOWN", "/assets/../package.json", "/assets/draw.ts"])(
  "%s is not found",
  async (path) => {
    expect((await fetch(slack.url + path)).status).toBe(404);
  },
);

async function textAt(path: string): Promise<string> {
  const answer = await fetch(slack.url + path);
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  return answer.text();
}

test("an act that the simulator does not know gets an answer that the page can show", async () => {
  const answer = await fetch(`${slack.url}/do/nothing`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  expect(answer.status).toBe(404);
  expect(await answer.json()).toEqual({ problem: 'The simulator does not know "nothing": reload the page.' });
});
