import { InputError } from "../src/errors.ts";
import { ID_PATTERN, isItemName } from "../src/series/series.ts";
import type { SimulatedEvent, SimulatedMessages, SimulatedProduct } from "./braze/workspace.ts";

/** Reads a custom event: `Order Completed=0.12`. Throws InputError, as all of these do. */
export function eventOf(text: string): SimulatedEvent {
  const [, name = "", rate = ""] = /^(.+)=([\d.]+)$/.exec(text) ?? [];
  if (!isItemName(name) || !isRate(rate))
    throw new InputError(
      `--event ${text} is not an event: write its name and how often it happens a session, as "Order Completed=0.12"`,
    );
  return { name, perSession: Number(rate) };
}

/** Reads a product: `Rice Bowl=0.08@12.50`. */
export function productOf(text: string): SimulatedProduct {
  const [, name = "", rate = "", price = ""] = /^(.+)=([\d.]+)@([\d.]+)$/.exec(text) ?? [];
  if (!isItemName(name) || !isRate(rate) || !isRate(price))
    throw new InputError(
      `--product ${text} is not a product: write its name, how often it is bought a session, and its price, as "Rice Bowl=0.08@12.50"`,
    );
  return { name, perSession: Number(rate), price: Number(price) };
}

/** The channels of messages, as Braze names them. */
const CHANNELS = [
  ...["email", "ios_push", "android_push", "kindle_push", "web_push"],
  ...["sms", "whats_app", "webhook", "content_cards"],
];

/** Reads a campaign or Canvas: `0-summer=0.3:email,ios_push`. */
export function messagesOf(kind: "campaign" | "canvas", text: string): SimulatedMessages {
  const [, id = "", rate = "", list = ""] = /^(.+)=([\d.]+):(.+)$/.exec(text) ?? [];
  const channels = list.split(",");
  if (!ID_PATTERN.test(id) || !isRate(rate))
    throw new InputError(
      `--${kind} ${text} is not a ${kind}: write its id, how many messages it sends a session, and their channels, as 0-summer=0.3:email,ios_push`,
    );
  const stray = channels.find((channel) => !CHANNELS.includes(channel));
  if (stray !== undefined)
    throw new InputError(`--${kind} ${text}: "${stray}" is none of ${CHANNELS.join(", ")}`);
  return { id, name: id, perSession: Number(rate), channels };
}

/** Whether it is a number of so many: at most a million. */
const isRate = (text: string): boolean => /^\d{1,7}(?:\.\d{1,6})?$/.test(text);
