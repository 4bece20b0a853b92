import { describe, expect, test } from "vitest";
import { MINUTE } from "../../src/time/time.ts";
import { until } from "../support/until.ts";
import { kinds } from "./kinds.ts";

describe.each(kinds)("in %s, a connection to Slack", (_, open) => {
  test("is counted once, however often it is renewed, until it is closed", async () => {
    const { slackConnections } = open();
    expect(await slackConnections.hold("one", MINUTE)).toBe(1);
    expect(await slackConnections.hold("two", MINUTE)).toBe(2);
    expect(await slackConnections.hold("one", MINUTE)).toBe(2);
    await slackConnections.release("two");
    await slackConnections.release("two");
    expect(await slackConnections.hold("one", MINUTE)).toBe(1);
  });

  test("whose process was killed is counted no longer when its time is over", async () => {
    const { slackConnections } = open();
    await slackConnections.hold("killed", 20);
    await until(async () => (await slackConnections.hold("one", MINUTE)) === 1, "its time to be over");
  });
});
