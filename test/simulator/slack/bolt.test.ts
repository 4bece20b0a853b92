import type { App, ViewClosedAction } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ben, carla } from "../../../simulator/slack/people.ts";
import { type SlackSimulator, startSlackSimulator } from "../../../simulator/slack/simulator.ts";
import { until } from "../../support/until.ts";
import { boltOverHttp, boltOverSockets } from "./bolt.ts";

const CHANNEL = "C0ALERTS1";
const here = { user: ben.id, channel: CHANNEL };

const plain = (text: string) => ({ type: "plain_text" as const, text });
const button = (text: string, actionId: string) => ({
  type: "button" as const,
  text: plain(text),
  action_id: actionId,
});
const nameField = {
  type: "input" as const,
  block_id: "name",
  label: plain("Name"),
  element: { type: "plain_text_input" as const, action_id: "name_text" },
};
const modal = (title: string) => ({
  type: "modal" as const,
  callback_id: "watch",
  title: plain(title),
  submit: plain("Save"),
  blocks: [nameField],
});

let slack: SlackSimulator;
let app: App;

describe.each([
  ["HTTP", boltOverHttp],
  ["Socket Mode", boltOverSockets],
])("a Bolt app over %s", (_, start) => {
  beforeEach(async () => {
    slack = await startSlackSimulator({ ackWithin: 20_000, triggerLife: 20_000, retryAfter: [0, 0, 0] });
    app = await start(slack);
  });
  afterEach(async () => {
    await app.stop();
    await slack.close();
  });

  test("answers a slash command in the acknowledgement, and later over its response_url", async () => {
    app.command("/tidewatch", async ({ command, ack, respond }) => {
      await ack(`heard ${command.text} of ${command.user_name}`);
      await respond({ text: "for all", response_type: "in_channel" });
      await respond("for you");
    });
    const { reply, responses } = await slack.command("/tidewatch list @carla #alerts a<b", here);

    expect(reply?.text).toBe(`heard list <@${carla.id}|carla> <#${CHANNEL}|alerts> a&lt;b of ben`);
    await until(() => responses.length === 2, "both answers", 10_000);
    expect(slack.messages(CHANNEL).map(({ text }) => text)).toEqual(["for all"]);
    expect(slack.ephemerals(ben.id, CHANNEL).map(({ text }) => text)).toEqual([reply!.text, "for you"]);
    expect(slack.ephemerals(carla.id, CHANNEL)).toEqual([]);
  });

  test("receives a click and edits its message", async () => {
    app.action("ack", async ({ ack, action, body, respond }) => {
      await ack();
      const value = "value" in action ? action.value : "";
      await respond({ text: `${value} by ${body.user.id}`, replace_original: true });
    });
    const { ts } = await app.client.chat.postMessage({
      token: slack.token,
      channel: CHANNEL,
      text: "an incident",
      blocks: [{ type: "actions", elements: [{ ...button("Acknowledge", "ack"), value: "ios@12" }] }],
    });
    const { responses } = await slack.click({ channel: CHANNEL, ts: ts! }, "ack", { user: ben.id });
    await until(() => responses.length === 1, "the message to be edited", 10_000);
    expect(slack.messages(CHANNEL)).toMatchObject([{ ts, text: `ios@12 by ${ben.id}`, blocks: [] }]);
  });

  test("opens a modal, rejects a value at its field, then accepts it", async () => {
    const taken: unknown[] = [];
    app.command("/tidewatch", async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: modal("Add a watch") });
    });
    app.view("watch", async ({ ack, view }) => {
      const name = view.state.values.name?.name_text?.value;
      if (name === "ios") return ack({ response_action: "errors", errors: { name: "is taken" } });
      taken.push(name);
      await ack();
    });
    await slack.command("/tidewatch watch", here);
    await until(() => slack.views(ben.id).length === 1, "the modal", 10_000);
    const { id } = slack.views(ben.id)[0]!;

    expect(await slack.submit(id)).toEqual({ errors: { name: "Please complete this required field." } });
    expect(await slack.submit(id, { name: "ios" })).toEqual({ errors: { name: "is taken" } });
    expect(slack.views(ben.id)[0]?.errors).toEqual({ name: "is taken" });
    expect(await slack.submit(id, { name: "ios-us" })).toEqual({});
    expect(slack.views(ben.id)).toEqual([]);
    expect(taken).toEqual(["ios-us"]);
  });

  test("pushes and updates modals, and receives their closing", async () => {
    const closed: string[] = [];
    app.command("/tidewatch", async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: modal("Root") });
    });
    app.view("watch", async ({ ack, view }) => {
      const next = { ...modal("Next"), notify_on_close: true };
      if (view.title.text === "Root") await ack({ response_action: "push", view: next });
      else await ack({ response_action: "update", view: next });
    });
    app.view<ViewClosedAction>({ callback_id: "watch", type: "view_closed" }, async ({ ack, view }) => {
      closed.push(view.title.text);
      await ack();
    });
    await slack.command("/tidewatch watch", here);
    await until(() => slack.views(ben.id).length === 1, "the modal", 10_000);
    await slack.submit(slack.views(ben.id)[0]!.id, { name: "a" });
    const [root, pushed] = slack.views(ben.id);
    expect(pushed).toMatchObject({ rootId: root!.id, previousId: root!.id });
    await slack.submit(pushed!.id, { name: "b" });
    expect(slack.views(ben.id).map(({ body }) => body.title?.text)).toEqual(["Root", "Next"]);
    await slack.dismiss(ben.id);
    expect(closed).toEqual(["Next"]);
    expect(slack.views(ben.id)).toHaveLength(1);
  });

  test("offers options during typing, and one is chosen", async () => {
    app.options("segment", async ({ ack, options }) => {
      const names = ["New users", "Power users"].filter((name) => name.toLowerCase().includes(options.value));
      await ack({ options: names.map((name) => ({ text: plain(name), value: name })) });
    });
    app.command("/tidewatch", async ({ ack, body, client }) => {
      await ack();
      const element = { type: "external_select" as const, action_id: "segment", min_query_length: 0 };
      const block = { type: "input" as const, block_id: "segment", label: plain("Segment"), element };
      await client.views.open({ trigger_id: body.trigger_id, view: { ...modal("Add"), blocks: [block] } });
    });
    app.view("watch", async ({ ack }) => ack());
    await slack.command("/tidewatch watch", here);
    await until(() => slack.views(ben.id).length === 1, "the modal", 10_000);
    const { id } = slack.views(ben.id)[0]!;
    const { options } = await slack.suggest({ view: id }, "segment", { user: ben.id, typed: "pow" });
    expect(options).toMatchObject([{ value: "Power users" }]);
    await expect(slack.submit(id, { segment: "Nobody" })).rejects.toThrow("does not offer");
    expect(await slack.submit(id, { segment: "Power users" })).toEqual({});
  });

  test("shows its Home with buttons that work and open modals", async () => {
    app.event("app_home_opened", async ({ event, client }) => {
      const blocks = [{ type: "actions" as const, elements: [button("Add", "add")] }];
      await client.views.publish({ user_id: event.user, view: { type: "home", blocks } });
    });
    app.action("add", async ({ ack, body, client }) => {
      await ack();
      if ("trigger_id" in body) await client.views.open({ trigger_id: body.trigger_id, view: modal("Add") });
    });
    await slack.openHome(ben.id);
    await until(() => slack.home(ben.id) !== undefined, "the Home", 10_000);
    await slack.click({ view: slack.home(ben.id)!.id }, "add", { user: ben.id });
    await until(() => slack.views(ben.id).length === 1, "the modal", 10_000);
    expect(slack.home(carla.id)).toBeUndefined();
  });

  test("receives its uninstallation and has no access afterward", async () => {
    const received: string[] = [];
    app.event("tokens_revoked", async () => void received.push("tokens_revoked"));
    app.event("app_uninstalled", async () => void received.push("app_uninstalled"));
    await slack.uninstall();
    await until(() => received.length === 2, "both events", 10_000);
    await expect(app.client.auth.test({ token: slack.token })).rejects.toThrow("account_inactive");
  });

  test("no error was logged during the steps above", async () => {
    app.command("/tidewatch", async ({ ack }) => ack());
    expect(await slack.command("/tidewatch", here)).toEqual({ responses: [] });
    expect(slack.failures).toEqual([]);
  });
});
