import { expect, test } from "vitest";
import { listed } from "../../../../src/adapters/slack/blocks/lists.ts";
import { listBlocks } from "../../../../src/adapters/slack/commands/lists.ts";
import { unpinged } from "../../../../src/adapters/slack/messages/unpinged.ts";
import { emptyForm } from "../../../../src/adapters/slack/views/watch-form.ts";
import { watchModal } from "../../../../src/adapters/slack/views/watch-modal.ts";

/** Slack has refused a message of some 11,400 characters. */
const HALF = 11_072 / 2;

const charactersIn = (blocks: readonly unknown[]): number =>
  (blocks as { text?: { text: string } }[]).reduce((sum, { text }) => sum + (text?.text.length ?? 0), 0);

test("a message with a list has at most half the characters at which Slack refused one", () => {
  const lines = Array.from({ length: 500 }, (_, i) => `• ${i} ${"x".repeat(i % 200)}`);
  const messages = listed("500 watches", lines);
  expect(messages.length).toBeGreaterThan(5);
  for (const { blocks } of messages) expect(charactersIn(blocks)).toBeLessThanOrEqual(HALF);
  expect(charactersIn(listBlocks("*All*", lines))).toBeLessThanOrEqual(HALF);
});

test.each([
  ["a channel", "C0ALERTS1", "C0ALERTS1"],
  ["a direct message", "D0BEN00001", undefined],
  ["the dashboard", undefined, undefined],
])("the form of a watch opened in %s preselects only channels that can be chosen", (_, openedIn, chosen) => {
  const form = emptyForm("main", openedIn);
  const view = watchModal({ form, workspaces: ["main"], apps: [], preview: { kind: "waiting" } });
  const field = (view.blocks as { block_id?: string; element?: object }[]).find(
    ({ block_id }) => block_id === "channel",
  )?.element;
  expect(field).not.toHaveProperty("default_to_current_conversation");
  expect(field).toHaveProperty("type", "conversations_select");
  expect((field as { initial_conversation?: string }).initial_conversation).toBe(chosen);
});

test("an announcement names people without notifying them, whatever their display names", async () => {
  const names: Record<string, string> = { U0BEN00001: 'Ben <!channel> "B"' };
  const person = async (id: string) => {
    if (!names[id]) throw new Error("user_not_found");
    return { id, name: names[id], isGuest: false, isAdmin: false };
  };
  const text = "<@U0BEN00001> changed the owner: <@U0GONE0001> → <!subteam^S0ONCALL1>";
  const message = await unpinged({ person })({
    text,
    blocks: [{ type: "section", text: { type: "mrkdwn", text } }],
  });
  const words = JSON.stringify(message);
  expect(words).not.toMatch(/<[@!]/);
  expect(message.text).toContain("Ben");
  expect(message.text).toContain("U0GONE0001 → the user group S0ONCALL1");
});
