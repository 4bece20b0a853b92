import { describe, expect, test } from "vitest";
import { decide } from "../../src/core/decide.ts";
import type { Told } from "../../src/core/incident.ts";
import { HOUR } from "../../src/core/time.ts";
import { anIncident, noon } from "../builders.ts";

const told = (over: Partial<Told> = {}): Told => ({
  severity: "warning",
  resolved: false,
  bucket: noon,
  at: noon + HOUR,
  channel: "C0ALERTS1",
  ts: "1.000001",
  ...over,
});

describe("decide", () => {
  test.each([
    ["says a new incident", anIncident(), { say: "opened" }],
    ["says nothing twice", anIncident({ told: told() }), { stayQuiet: "told-already" }],
    [
      "edits the message when there are newer hours",
      anIncident({ lastBucket: noon + HOUR, told: told() }),
      { say: "updated" },
    ],
    ["says when it got worse", anIncident({ severity: "critical", told: told() }), { say: "worsened" }],
    [
      "does not say that it got less bad",
      anIncident({ told: told({ severity: "critical" }) }),
      { stayQuiet: "told-already" },
    ],
    ["says that it is over", anIncident({ resolvedAt: noon, told: told() }), { say: "resolved" }],
    [
      "says only once that it is over",
      anIncident({ resolvedAt: noon, told: told({ resolved: true }) }),
      { stayQuiet: "told-already" },
    ],
    ["says what was over before anyone could be told", anIncident({ resolvedAt: noon }), { say: "missed" }],
  ])("%s", (_, incident, decision) => {
    expect(decide(incident, false)).toEqual(decision);
  });

  test.each([
    ["silences a new incident", anIncident(), { stayQuiet: "muted" }],
    [
      "silences one that got worse",
      anIncident({ severity: "critical", told: told() }),
      { stayQuiet: "muted" },
    ],
    ["silences one that nobody was told of", anIncident({ resolvedAt: noon }), { stayQuiet: "muted" }],
    [
      "lets the end of a told one through",
      anIncident({ resolvedAt: noon, told: told() }),
      { say: "resolved" },
    ],
  ])("a mute %s", (_, incident, decision) => {
    expect(decide(incident, true)).toEqual(decision);
  });
});
