import type { App } from "@slack/bolt";
import type { KnownBlock, ModalView } from "@slack/types";

const plain = (text: string) => ({ type: "plain_text" as const, text });
const option = (text: string, value: string) => ({ text: plain(text), value });
const sensitivities = [option("Low", "low"), option("Normal", "normal"), option("High", "high")];

/** A message with a use for every kind of element that messages may hold. */
export const sampleMessage: KnownBlock[] = [
  { type: "header", text: plain("📉 iOS · US −51%") },
  {
    type: "section",
    text: {
      type: "mrkdwn",
      text: "Since <!date^1781611200^{date_short_pretty} at {time}|2026-06-16 12:00 UTC>: *610* sessions against 1,105–1,382. <@U0MIRA0001> of <!subteam^S0ONCALL01> is told in <#C0ALERTS1>.",
    },
    accessory: {
      type: "overflow",
      action_id: "more",
      options: [option("Edit the watch", "edit"), option("Open the dashboard", "open")],
    },
  },
  {
    type: "actions",
    block_id: "buttons",
    elements: [
      { type: "button", action_id: "ack", text: plain("Acknowledge"), style: "primary", value: "1" },
      {
        type: "static_select",
        action_id: "mute",
        placeholder: plain("Mute"),
        options: [option("1 hour", "1h"), option("4 hours", "4h")],
      },
      {
        type: "button",
        action_id: "remove",
        text: plain("Remove"),
        style: "danger",
        confirm: {
          title: plain("Remove the watch?"),
          text: plain("Its history is kept."),
          confirm: plain("Remove"),
          deny: plain("Keep"),
        },
      },
      { type: "datepicker", action_id: "day", initial_date: "2026-06-16" },
    ],
  },
  { type: "context", elements: [{ type: "mrkdwn", text: "normal sensitivity · 8 weeks of history" }] },
];

/** A modal with every kind of field. */
export const sampleModal = (preview: string): ModalView => ({
  type: "modal",
  callback_id: "watch",
  title: plain("Add a watch"),
  submit: plain("Save"),
  close: plain("Cancel"),
  blocks: [
    {
      type: "input",
      block_id: "segment",
      label: plain("Segment"),
      element: {
        type: "external_select",
        action_id: "segment",
        min_query_length: 0,
        placeholder: plain("Search the segments"),
      },
    },
    {
      type: "input",
      block_id: "sensitivity",
      dispatch_action: true,
      label: plain("Sensitivity"),
      element: {
        type: "static_select",
        action_id: "sensitivity",
        initial_option: sensitivities[1]!,
        options: sensitivities,
      },
    },
    { type: "section", block_id: "preview", text: { type: "mrkdwn", text: preview } },
    {
      type: "input",
      block_id: "floor",
      optional: true,
      label: plain("Least sessions"),
      hint: plain("Hours with fewer expected are left alone."),
      element: { type: "number_input", action_id: "floor", is_decimal_allowed: false, min_value: "0" },
    },
    {
      type: "input",
      block_id: "directions",
      label: plain("Tell about"),
      element: {
        type: "checkboxes",
        action_id: "directions",
        initial_options: [option("Drops", "drop")],
        options: [option("Drops", "drop"), option("Spikes", "spike")],
      },
    },
    {
      type: "input",
      block_id: "unit",
      label: plain("Unit"),
      element: {
        type: "radio_buttons",
        action_id: "unit",
        initial_option: option("Hours", "hour"),
        options: [option("Hours", "hour"), option("Days", "day")],
      },
    },
    {
      type: "input",
      block_id: "owners",
      optional: true,
      label: plain("Owners"),
      element: { type: "multi_users_select", action_id: "owners", placeholder: plain("Nobody") },
    },
    {
      type: "input",
      block_id: "segments",
      optional: true,
      label: plain("Sisters"),
      element: { type: "multi_external_select", action_id: "segments", min_query_length: 0 },
    },
    {
      type: "input",
      block_id: "channel",
      label: plain("Channel"),
      element: {
        type: "conversations_select",
        action_id: "channel",
        initial_conversation: "C0ALERTS1",
      },
    },
    {
      type: "input",
      block_id: "note",
      optional: true,
      label: plain("Note"),
      element: { type: "plain_text_input", action_id: "note", multiline: true },
    },
    {
      type: "input",
      block_id: "from",
      optional: true,
      label: plain("From"),
      element: { type: "timepicker", action_id: "from" },
    },
  ],
});

const segments = ["New users", "Power users", "Lapsing", "VIP <b>"];

/** Makes an app use all of what the simulator can show; what was submitted is handed on. */
export function makeSample(app: App, submitted: (values: unknown) => void): void {
  app.command("/tidewatch", async ({ command, ack, client, respond }) => {
    if (command.text === "watch") {
      await client.views.open({ trigger_id: command.trigger_id, view: sampleModal("3 alerts in 8 weeks") });
      return ack();
    }
    if (command.text === "slow") return;
    await ack(`Unknown verb \`${command.text}\`. Try \`/tidewatch watch\`.`);
    if (command.text === "all") await respond({ response_type: "in_channel", text: "for all" });
  });
  app.action("ack", async ({ ack, body, respond }) => {
    await ack();
    const text = `Acknowledged by <@${body.user.id}>`;
    await respond({
      replace_original: true,
      text,
      blocks: [{ type: "section", text: { type: "mrkdwn", text } }],
    });
  });
  for (const id of ["mute", "remove", "more", "day"]) {
    app.action(id, async ({ ack, action, respond }) => {
      await ack();
      const chosen = "selected_option" in action ? action.selected_option?.value : action.type;
      await respond({ text: `${id}: ${chosen}`, replace_original: false });
    });
  }
  app.action("sensitivity", async ({ ack, action, body, client }) => {
    await ack();
    const chosen = "selected_option" in action ? action.selected_option?.value : "";
    const { view } = body as { view?: { id: string; hash: string } };
    const preview = chosen === "high" ? "9 alerts in 8 weeks" : "3 alerts in 8 weeks";
    await client.views.update({ view_id: view!.id, hash: view!.hash, view: sampleModal(preview) });
  });
  app.options(/^segments?$/, async ({ ack, options }) => {
    const found = segments.filter((name) => name.toLowerCase().includes(options.value.toLowerCase()));
    await ack({ options: found.map((name) => option(name, name)) });
  });
  app.view("watch", async ({ ack, view }) => {
    if (view.state.values.segment?.segment?.selected_option?.value === "Lapsing") {
      return ack({ response_action: "errors", errors: { segment: "Braze no longer tracks this segment." } });
    }
    submitted(view.state.values);
    await ack();
  });
  app.event("app_home_opened", async ({ event, client }) => {
    if (event.tab !== "home") return;
    await client.views.publish({
      user_id: event.user,
      view: {
        type: "home",
        blocks: [
          { type: "header", text: plain("Tidewatch") },
          { type: "section", text: { type: "mrkdwn", text: "*iOS* ▁▂▄▆█▆▄▂ all is well" } },
          { type: "actions", elements: [{ type: "button", action_id: "add", text: plain("Add a watch") }] },
        ],
      },
    });
  });
  app.action("add", async ({ ack, body, client }) => {
    await ack();
    const trigger_id = "trigger_id" in body ? body.trigger_id : "";
    await client.views.open({ trigger_id, view: sampleModal("3 alerts in 8 weeks") });
  });
}
