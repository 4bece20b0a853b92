import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ben, carla } from "../../../../simulator/slack/people.ts";
import type { View } from "../../../../simulator/slack/views/view.ts";
import { HOUR } from "../../../../src/time/time.ts";
import { noon } from "../../../support/builders.ts";
import { until } from "../../../support/until.ts";
import { type SlackStage, setSlackStage } from "../console-stage.ts";

let context: SlackStage;
beforeAll(async () => {
  context = await setSlackStage({ ops: { channel: "C0OPS0001" } });
  context.slack.change("C0ALERTS1", { people: [ben.id, carla.id] });
  context.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon, hours: 48 });
  await context.liveThrough(noon);
  await until(() => alert() !== undefined, "the alert");
});
afterEach(async () => {
  context.slack.faults.clear();
  await context.slack.dismiss(ben.id, "all");
});
afterAll(() => context.closeAll());

const top = (user = ben.id) => context.slack.views(user).at(-1);
const words = (view: View | undefined) => JSON.stringify(view?.body ?? {});
async function modal(posted: RegExp, user = ben.id): Promise<View> {
  await until(
    () => posted.test(words(top(user))),
    `a modal that says ${posted}, not ${words(top(user))}`,
    15_000,
  );
  return top(user)!;
}
const alert = () =>
  context.slack.messages("C0ALERTS1").find(({ text }) => /(Critical|Warning): ios/.test(text))!;
const press = (action: string, choice?: string, user = ben.id) =>
  context.slack.click({ channel: "C0ALERTS1", ts: alert().ts }, action, {
    user,
    ...(choice && { choice }),
  });
const incidentId = async () => (await context.bot.incidents.since("ios", noon))[0]!.id;
const home = async (posted: RegExp) => {
  const shown = () => context.slack.home(ben.id);
  await until(() => posted.test(words(shown())), `a dashboard that says ${posted}`);
  return shown()!;
};
const onHome = async (action: string, choice = "") => {
  await context.slack.openHome(ben.id);
  const { id, body } = await home(/Watches/);
  const block = body.blocks.find((each) => JSON.stringify(each).includes(`"${choice || action}"`))!.block_id;
  return context.slack.click({ view: id }, action, { user: ben.id, choice, block: String(block) });
};
/** Nothing that is asked of Redis is answered for so long, whatever asks. */
const holdRedis = (ms: number) => context.connection.call("CLIENT", "PAUSE", ms, "ALL");
const at = (hours: number) => String((context.now() + hours * HOUR) / 1_000);

describe("a form that takes longer than Slack waits is acknowledged in time and later shows its result", () => {
  const forms: Record<string, { open: () => Promise<unknown>; is: RegExp; values?: Record<string, string> }> =
    {
      mute: {
        open: () => onHome("home.watch", "mute web"),
        is: /"mute.modal"/,
        values: { "mute.until": "4h" },
      },
      "a planned event": {
        open: () => onHome("home.event"),
        is: /"event.modal"/,
        values: {
          "event.name": "Push",
          get "event.from"() {
            return at(5);
          },
          get "event.to"() {
            return at(8);
          },
        } as Record<string, string>,
      },
      "the form of a watch": {
        open: () => context.slack.command("/tidewatch edit web", { user: ben.id, channel: "C0ALERTS1" }),
        is: /; at \*/,
        values: { "watch.sensitivity": "high" },
      },
      "an import": {
        open: async () => {
          await context.slack.command("/tidewatch import", { user: ben.id, channel: "C0ALERTS1" });
          const offer = () =>
            context.slack
              .ephemerals(ben.id, "C0ALERTS1")
              .find(({ blocks }) => JSON.stringify(blocks).includes("Paste"));
          await until(() => offer() !== undefined, "the offer");
          return context.slack.click({ channel: "C0ALERTS1", ts: offer()!.ts }, "import.open", {
            user: ben.id,
          });
        },
        is: /"import.json"/,
        values: {},
      },
      "a removal": { open: () => onHome("home.watch", "remove android"), is: /"remove.modal"/ },
    };

  test.each(Object.entries(forms))("%s", async (name, { open, is, values = {} }) => {
    await open();
    const form = await modal(is);
    const filled =
      name === "an import"
        ? { "import.json": JSON.stringify({ ...JSON.parse(await backup()), mutes: [] }) }
        : { ...values };
    await holdRedis(2_500);
    const sent = await context.slack.submit(form.id, filled);
    expect(sent).toEqual({});
    expect(words(top())).toContain("One moment");
    await modal(/Done|already as in the backup|Nothing|changes? made/);
    await context.slack.dismiss(ben.id);
    // It takes the form below with it.
    expect(context.slack.views(ben.id)).toEqual([]);
    expect(context.slack.failures).toEqual([]);
  });

  const backup = async () => {
    const { writeBackup } = await import("../../../../src/adapters/backup/read-backup.ts");
    const { exportAll } = await import("../../../../src/pipeline/changes/backup.ts");
    return writeBackup(await exportAll(context.bot));
  };

  test("an error is shown above the form, which keeps everything that was typed", async () => {
    await onHome("home.event");
    const form = await modal(/"event.modal"/);
    await holdRedis(2_500);
    await context.slack.submit(form.id, { "event.name": "Push", "event.from": at(5), "event.to": at(4) });
    await modal(/To: The end must be after the beginning/);
    await context.slack.dismiss(ben.id);
    expect(top()).toMatchObject({ id: form.id, values: { name: { "event.name": { value: "Push" } } } });
  });

  test("a person who closed the form learns privately that nothing was saved", async () => {
    await press("incident.mute", `date ${await incidentId()}`);
    const form = await modal(/"mute.modal"/);
    await holdRedis(2_500);
    await context.slack.submit(form.id, { "mute.date": at(-1) });
    await context.slack.dismiss(ben.id, "all");
    const lastNotified = () => context.slack.ephemerals(ben.id, "C0ALERTS1").map(({ text }) => text);
    await until(
      () => lastNotified().some((text) => /Mute: this was not done.*passed/.test(text)),
      "the refusal",
    );
  });
});

describe("a view that Slack refuses is reported", () => {
  const refuse = (method: string) =>
    context.slack.faults.next(method, { kind: "error", error: "invalid_arguments" });
  const views: Record<string, () => Promise<unknown>> = {
    "why an alert was given": () => press("incident.why"),
    "all about an incident": () => press("incident.more"),
    "the form to mute": () => onHome("home.watch", "mute web"),
    "the form to plan an event": () => onHome("home.event"),
    "the form of a watch": () =>
      context.slack.command("/tidewatch watch", { user: ben.id, channel: "C0ALERTS1" }),
  };

  test.each(Object.entries(views))("instead of showing a loading view forever: %s", async (_, open) => {
    refuse("views.update");
    await open();
    await modal(/Slack refused to show this/);
  });

  test("a form that cannot be opened any more is reported where it was requested", async () => {
    const tooLate = { kind: "error", error: "expired_trigger_id" } as const;
    context.slack.faults.next("views.open", tooLate);
    const { responses } = await context.slack.command("/tidewatch watch", {
      user: ben.id,
      channel: "C0ALERTS1",
    });
    await until(() => responses.some(({ text }) => text.includes("Try again")), "the answer to the command");
    context.slack.faults.next("views.open", tooLate);
    const pressed = await press("incident.why", undefined, carla.id);
    await until(
      () => pressed.responses.some(({ text }) => text.includes("Try again")),
      "the answer to the click",
    );
    await context.slack.openHome(ben.id);
    const { id } = await home(/Watches/);
    context.slack.faults.next("views.open", tooLate);
    await context.slack.click({ view: id }, "home.event", { user: ben.id, choice: "" });
    await home(/Try again.*Refresh/);
  });

  test("a dashboard that Slack refuses names the command that shows the same", async () => {
    refuse("views.publish");
    await context.slack.openHome(ben.id);
    await home(/Slack refused the dashboard/);
  });

  test("a view is rendered once Slack is reachable again", async () => {
    context.slack.faults.next("views.update", { kind: "status", status: 503 }, 2);
    await press("incident.more", undefined, carla.id);
    await modal(/Notification log/, carla.id);
  });
});

test("a command is answered while Redis does not answer, and says that nothing was done", async () => {
  await holdRedis(13_000);
  const { responses, failure } = await context.slack.command("/tidewatch list", {
    user: ben.id,
    channel: "C0ALERTS1",
  });
  expect(failure).toBeUndefined();
  await until(() => responses.some(({ text }) => text.includes("cannot reach its Redis")), "the answer");
});
