import type { Send } from "../series/sends.ts";
import { name, type Text, text } from "./text.ts";

/** A send as it is called: `push Summer Sale to about 1.2M`, or `campaign Summer Sale` while nobody knows more. */
export function sendWords({ name: called, kind, channels = [], audience = 0 }: SentAs): Text {
  const words = new Set(channels.map((channel) => channelWords.find(([of]) => of.test(channel))?.[1]));
  const [only] = words.size === 1 ? words : [];
  const to = audience > 0 ? ` to about ${compact.format(audience)}` : "";
  return text`${only ?? kindWords[kind]} ${name(called)}${to}`;
}

type SentAs = Pick<Send, "name" | "kind" | "channels" | "audience">;

const kindWords = { campaign: "campaign", canvas: "Canvas" } as const;

/** Braze's channels, such as `ios_push` and `email`, in words. */
const channelWords: readonly (readonly [RegExp, string])[] = [
  [/push/, "push"],
  [/email/, "email"],
  [/sms/, "SMS"],
  [/whats/, "WhatsApp message"],
  [/in.?app/, "in-app message"],
  [/card/, "Content Card"],
  [/webhook/, "webhook"],
];

const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 2 });
