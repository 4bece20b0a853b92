import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { consequenceOf } from "../../../../src/adapters/slack/client/error-table.ts";

/** The methods that messages, answers and pictures are sent with. */
const METHODS = [
  "chat.postMessage",
  "chat.update",
  "chat.postEphemeral",
  "conversations.history",
  "conversations.replies",
  "files.getUploadURLExternal",
  "files.completeUploadExternal",
  "files.info",
];

describe("every error in Slack's reference has a consequence", () => {
  test.each(METHODS)("%s", (method) => {
    const listed = Object.keys(referenceOf(method).errors);
    expect(listed.length).toBeGreaterThan(5);
    expect(listed.filter((code) => consequenceOf(code) === undefined)).toEqual([]);
  });
});

test.each([
  ["channel_not_found", "destination"],
  ["is_archived", "destination"],
  ["is_inactive", "destination"],
  ["restricted_action_thread_locked", "destination"],
  ["ekm_access_denied", "destination"],
  ["invalid_auth", "workspace"],
  ["token_revoked", "workspace"],
  ["missing_scope", "workspace"],
  ["team_added_to_org", "workspace"],
  ["ratelimited", "wait"],
  ["rate_limited", "wait"],
  ["message_limit_exceeded", "wait"],
  ["fatal_error", "unsure"],
  ["service_unavailable", "unsure"],
  ["request_timeout", "unsure"],
  ["message_not_found", "gone"],
  ["file_uploads_disabled", "uploads"],
  ["storage_limit_reached", "uploads"],
  ["file_type_not_allowed", "uploads"],
  ["invalid_blocks", "rejected"],
  ["msg_too_long", "rejected"],
  ["metadata_too_large", "rejected"],
])("%s: %s", (code, consequence) => {
  expect(consequenceOf(code)).toBe(consequence);
});

test("an error code in no list has no consequence of its own", () => {
  expect(consequenceOf("toString")).toBeUndefined();
});

function referenceOf(method: string): { errors: Record<string, unknown> } {
  return JSON.parse(readFileSync(`test/contracts-data/slack-api-ref/${method}.json`, "utf8"));
}
