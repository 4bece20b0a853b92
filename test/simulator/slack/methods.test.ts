import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { methods } from "../../../simulator/slack/methods.ts";

const REFERENCE = "test/contracts-data/slack-api-ref";

interface Reference {
  readonly args: { readonly required: string[]; readonly properties: Record<string, unknown> };
  readonly scope: { readonly bot?: string[] };
  readonly rate_limits: string;
}

const fact = (required: string[], optional: string[], scopes: string[], tier: string): Reference => ({
  args: {
    required: ["token", ...required],
    properties: Object.fromEntries(["token", ...required, ...optional].map((name) => [name, {}])),
  },
  scope: { bot: scopes },
  rate_limits: tier,
});

/** What Slack documents of methods whose reference is not kept here. */
const documented: Record<string, Reference> = {
  "files.delete": fact(["file"], [], ["files:write"], "t3"),
  "conversations.members": fact(
    ["channel"],
    ["cursor", "limit"],
    ["channels:read", "groups:read", "im:read", "mpim:read"],
    "t4",
  ),
  "usergroups.list": fact(
    [],
    ["include_count", "include_disabled", "include_users", "team_id"],
    ["usergroups:read"],
    "t2",
  ),
  "usergroups.users.list": fact(["usergroup"], ["include_disabled", "team_id"], ["usergroups:read"], "t2"),
};

describe("every simulated method accepts what Slack's reference describes", () => {
  test.each(Object.entries(methods))("%s", (name, { required, optional, scopes, tier }) => {
    const { args, scope, rate_limits } = documented[name] ?? referenceOf(name);
    expect([...required, "token"].toSorted()).toEqual(args.required.toSorted());
    expect([...required, ...optional, "token"].toSorted()).toEqual(Object.keys(args.properties).toSorted());
    expect([...scopes].toSorted()).toEqual((scope.bot ?? []).toSorted());
    expect(tier).toBe(rate_limits === "t5" ? "special" : rate_limits);
  });
});

const referenceOf = (name: string): Reference =>
  JSON.parse(readFileSync(`${REFERENCE}/${name}.json`, "utf8"));

test("each stored reference belongs to a simulated method", () => {
  // That of the events is no method's: the manifest is held against it.
  const kept = readdirSync(REFERENCE).filter((file) => file.endsWith(".json") && file !== "events.json");
  const names = [...kept.map((file) => file.replace(".json", "")), ...Object.keys(documented)];
  expect(names.toSorted()).toEqual(Object.keys(methods).toSorted());
});
