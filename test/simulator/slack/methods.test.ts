import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { methods } from "../../../simulator/slack/methods.ts";

interface Reference {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly scopes: readonly string[];
  readonly tier: string;
}

const reference: Readonly<Record<string, Reference>> = JSON.parse(
  readFileSync("test/contracts-data/slack-api-ref/methods.json", "utf8"),
);

const inOrder = ({ required, optional, scopes, tier }: Reference) => ({
  required: required.toSorted(),
  optional: optional.toSorted(),
  scopes: scopes.toSorted(),
  tier,
});

describe("every simulated method accepts what Slack's reference describes", () => {
  test.each(Object.entries(methods))("%s", (name, method) => {
    const { tier, ...described } = inOrder(reference[name]!);
    expect(inOrder(method)).toEqual({ ...described, tier: tier === "t5" ? "special" : tier });
  });
});

test("each stored reference belongs to a simulated method", () => {
  expect(Object.keys(reference).toSorted()).toEqual(Object.keys(methods).toSorted());
});
