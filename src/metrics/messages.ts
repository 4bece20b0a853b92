import type { BrazeMetric, Item } from "./metric.ts";
import { EACH } from "./value-path.ts";

const campaign = {
  parameter: "campaign",
  query: "campaign_id",
  isId: true,
  isRequired: true,
  noun: "campaign",
  list: "/campaigns/list",
  field: "campaigns",
  listPermission: "campaigns.list",
} as const satisfies Item;

const canvas = {
  parameter: "canvas",
  query: "canvas_id",
  isId: true,
  isRequired: true,
  noun: "Canvas",
  list: "/canvas/list",
  field: "canvases",
  listPermission: "canvas.list",
} as const satisfies Item;

/** What is known of messages by the day: neither their app nor their segment. */
const byDay = { units: ["day"], hasApp: false, segment: "none", kind: "count" } as const;

/** A figure of messages: the field of a variation that holds it, and the channels that are summed. */
type Figure = Pick<BrazeMetric, "field" | "title" | "noun" | "direction"> & {
  readonly channels: readonly string[];
};

const push = ["ios_push", "android_push", "kindle_push", "web_push"];
const all = [...push, "email", "sms", "whats_app", "webhook", "content_cards"];

const sent = (channels: readonly string[], title: string, noun: Figure["noun"]) =>
  ({ channels, field: "sent", title, noun, direction: "both" }) satisfies Figure;

const delivered = (channel: string, title: string, noun: Figure["noun"]) =>
  ({ channels: [channel], field: "delivered", title, noun, direction: "both" }) satisfies Figure;

const lost = (channels: readonly string[], field: string, title: string, noun: Figure["noun"]) =>
  ({ channels, field, title, noun, direction: "spike" }) satisfies Figure;

/** Conversions and revenue are left out: Braze restates them for days, by the day of the message. */
const figures = {
  sends: sent(all, "Sends", ["send", "sends"]),
  "email-sends": sent(["email"], "Email sends", ["email send", "email sends"]),
  "email-deliveries": delivered("email", "Email deliveries", ["email delivery", "email deliveries"]),
  "email-bounces": lost(["email"], "bounces", "Email bounces", ["email bounce", "email bounces"]),
  "push-sends": sent(push, "Push sends", ["push send", "push sends"]),
  "push-bounces": lost(push, "bounces", "Push bounces", ["push bounce", "push bounces"]),
  "sms-sends": sent(["sms"], "SMS sends", ["SMS send", "SMS sends"]),
  "sms-deliveries": delivered("sms", "SMS deliveries", ["SMS delivery", "SMS deliveries"]),
  "sms-errors": lost(["sms"], "delivery_failed", "SMS errors", ["SMS error", "SMS errors"]),
  "whatsapp-sends": sent(["whats_app"], "WhatsApp sends", ["WhatsApp send", "WhatsApp sends"]),
  "whatsapp-deliveries": delivered("whats_app", "WhatsApp deliveries", [
    "WhatsApp delivery",
    "WhatsApp deliveries",
  ]),
  "whatsapp-errors": lost(["whats_app"], "failed", "WhatsApp errors", ["WhatsApp error", "WhatsApp errors"]),
  "webhook-sends": sent(["webhook"], "Webhook sends", ["webhook send", "webhook sends"]),
  "webhook-errors": lost(["webhook"], "errors", "Webhook errors", ["webhook error", "webhook errors"]),
} as const satisfies Readonly<Record<string, Figure>>;

type FigureName = keyof typeof figures;

const campaignMetric = ({ channels, ...figure }: Figure): BrazeMetric => ({
  ...byDay,
  ...figure,
  path: "/campaigns/data_series",
  permission: "campaigns.data_series",
  pool: "campaigns",
  item: campaign,
  // An array of variations, of which a control group sends nothing.
  within: ["messages", channels, EACH],
});

const ofCanvas = {
  ...byDay,
  path: "/canvas/data_series",
  permission: "canvas.data_series",
  pool: "default",
  item: canvas,
  rows: "stats",
  longest: 14,
} as const;

const canvasMetric = ({ channels, ...figure }: Figure): BrazeMetric => ({
  ...ofCanvas,
  ...figure,
  title: `Canvas ${figure.noun[1]}`,
  // Without its deleted steps, the past of a Canvas would shrink with every one of them.
  options: { include_step_breakdown: "true", include_deleted_step_data: "true" },
  within: ["step_stats", EACH, "messages", channels, EACH],
});

const names = Object.keys(figures) as FigureName[];

/** The figures of a campaign's messages. */
export const campaignMetrics = Object.fromEntries(
  names.map((name) => [name, campaignMetric(figures[name])]),
) as Readonly<Record<FigureName, BrazeMetric>>;

/** The entries of a Canvas, and the figures of the messages of its steps. */
export const canvasMetrics = {
  "canvas-entries": {
    ...ofCanvas,
    within: ["total_stats"],
    field: "entries",
    direction: "both",
    title: "Canvas entries",
    noun: ["Canvas entry", "Canvas entries"],
  },
  ...Object.fromEntries(names.map((name) => [`canvas-${name}`, canvasMetric(figures[name])])),
} as unknown as Readonly<Record<"canvas-entries" | `canvas-${FigureName}`, BrazeMetric>>;
