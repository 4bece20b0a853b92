import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { consequenceOf } from "../../../../src/adapters/slack/client/error-table.ts";

const methods: Record<string, { errors?: string[] }> = JSON.parse(
  readFileSync("test/contracts-data/slack-api-ref/methods.json", "utf8"),
);
/** Those that messages, answers and pictures are sent with. */
const sending = Object.entries(methods).flatMap(([name, { errors }]) =>
  errors ? [[name, errors] as const] : [],
);

describe("every error in Slack's reference has a consequence", () => {
  test.each(sending)("%s", (_, errors) => {
    expect(errors.length).toBeGreaterThan(5);
    expect(errors.filter((code) => consequenceOf(code) === undefined)).toEqual([]);
  });

  test("is asked of all that sends", () => {
    expect(sending).toHaveLength(8);
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
