import type { ContextBlock, SectionBlock } from "@slack/types";

// Verbatim, so that a name that looks like an address or a channel does not become a link.
const mrkdwn = (text: string) => ({ type: "mrkdwn", text, verbatim: true }) as const;

export const section = (text: string): SectionBlock => ({ type: "section", text: mrkdwn(text) });

/** Facts side by side, each with its name. */
export const fields = (facts: readonly (readonly [name: string, value: string])[]): SectionBlock => ({
  type: "section",
  fields: facts.map(([name, value]) => mrkdwn(`*${name}*\n${value}`)),
});

/** Small print. Empty parts are omitted. */
export const footer = (parts: readonly string[]): ContextBlock => ({
  type: "context",
  elements: [mrkdwn(parts.join("  ·  "))],
});
