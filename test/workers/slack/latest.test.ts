import type { ModalView } from "@slack/types";
import { WebClient } from "@slack/web-api";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ben } from "../../../simulator/slack/people.ts";
import { type SlackSimulator, startSlackSimulator } from "../../../simulator/slack/simulator.ts";
import { failureModal } from "../../../src/adapters/slack/views/plain-modals.ts";
import { createLog } from "../../../src/log.ts";
import { draw } from "../../../workers/slack/draw.ts";
import { asLatest } from "../../../workers/slack/latest.ts";

const log = createLog("error");
let slack: SlackSimulator;
let client: WebClient;
let id: string;
beforeAll(async () => {
  slack = await startSlackSimulator();
  client = new WebClient(slack.token, {
    slackApiUrl: `${slack.url}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
});
beforeEach(async () => {
  // Nobody listens: the command fails, and yet mints a trigger id.
  slack.app.pointTo("http://127.0.0.1:9");
  await slack.command("/tidewatch watch", { user: ben.id, channel: "C0ALERTS1" });
  const trigger = new URLSearchParams(slack.app.http.sent.at(-1)!.body).get("trigger_id")!;
  const opened = await client.views.open({ trigger_id: trigger, view: view("opened") });
  id = opened.view!.id!;
});
afterAll(() => slack.close());

const view = (words: string): ModalView => failureModal("Watch", words);
const shown = () => JSON.stringify(slack.views(ben.id).at(-1)?.body);

test("a click is followed although the form was updated between the click and its answer", async () => {
  const preview = asLatest(id);
  const click = asLatest(id);
  await client.views.update({ view_id: id, view: view("updated meanwhile") });
  expect(await draw(client, click, view("what was clicked"), log)).toMatchObject({ id });
  expect(await draw(client, preview, view("preview"), log)).toBe("gone");
  expect(shown()).toContain("what was clicked");
});

test("what an earlier choice has under way is not shown over what a later one shows, however long it takes", async () => {
  const earlier = asLatest(id);
  const first = draw(client, earlier, view("numbers of the earlier"), log);
  const later = asLatest(id);
  const second = draw(client, later, view("numbers of the later"), log);
  expect(await second).toMatchObject({ id });
  const drawn = await first;
  if (typeof drawn !== "string") expect(await draw(client, drawn, view("chart"), log)).toBe("gone");
  expect(shown()).toContain("numbers of the later");
});

test("an update that fails is tried again only while nobody chose something else", async () => {
  slack.faults.next("views.update", { kind: "status", status: 503 });
  const earlier = draw(client, asLatest(id), view("earlier"), log);
  const later = asLatest(id);
  expect(await earlier).toBe("gone");
  expect(await draw(client, later, view("later"), log)).toMatchObject({ id });
  expect(shown()).toContain("later");
});
