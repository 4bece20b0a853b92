import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { methods } from "../../../src/simulator/slack/methods.ts";

const REFERENCE = "test/contracts-data/slack-api-ref";

interface Reference {
  readonly args: { readonly required: string[]; readonly properties: Record<string, unknown> };
  readonly scope: { readonly bot?: string[] };
}

describe("every simulated method takes what Slack's reference says", () => {
  test.each(Object.entries(methods))("%s", (name, { required, optional, scopes }) => {
    const { args, scope }: Reference = JSON.parse(readFileSync(`${REFERENCE}/${name}.json`, "utf8"));
    expect([...required, "token"].toSorted()).toEqual(args.required.toSorted());
    expect([...required, ...optional, "token"].toSorted()).toEqual(Object.keys(args.properties).toSorted());
    expect([...scopes].toSorted()).toEqual((scope.bot ?? []).toSorted());
  });
});

test("each reference that is kept here is of a simulated method", () => {
  const kept = readdirSync(REFERENCE).filter((file) => file.endsWith(".json"));
  expect(kept.map((file) => file.replace(".json", "")).toSorted()).toEqual(Object.keys(methods).toSorted());
});
