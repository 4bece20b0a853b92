import { expect, test } from "vitest";
import { parseCommand } from "../../src/commands/parse.ts";
import { checkRequest } from "../../src/pipeline/actions/watch-request.ts";
import { LONGEST_ADDRESS } from "../../src/settings/limits.ts";

const address = (length: number) => "https://example.org/".padEnd(length, "x");
const typed = (runbook: string) => () => parseCommand(`watch runbook:${runbook}`);
const requested = (runbook: string) => () =>
  checkRequest({ workspace: "main", app: "ios", unit: "hour", channel: "C0ALERTS1", runbook });

test.each([typed, requested])("the length limit of a runbook is the same everywhere", (notify) => {
  expect(notify(address(LONGEST_ADDRESS))).not.toThrow();
  expect(notify(address(LONGEST_ADDRESS + 1))).toThrow(/runbook must be an address.*at most 1000 characters/);
});
