import { describe, expect, test } from "vitest";
import { exclusionOf, withLabel } from "../../src/incidents/apply-label.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import type { Label, Labelling } from "../../src/incidents/label.ts";
import { HOUR } from "../../src/time/time.ts";
import { anIncident, noon } from "../support/builders.ts";

const at = (hours: number) => noon + hours * HOUR;
const open = anIncident({ lastBucket: at(4), lastAnomalousBucket: at(4) });
const over = { ...open, resolvedAt: at(6) };
const accepted = {
  ...open,
  resolvedAt: at(4),
  accepted: { by: "Tidewatch", at: at(5), bucket: at(4) },
};
const given = (label: Label, by = "ada", hours = 5): Labelling => ({ label, by, at: at(hours) });
const ada = { by: "ada", at: at(5) };

describe("a label", () => {
  test.each<[string, Incident, Label, Partial<Incident>]>([
    ["real leaves it to be seen to", open, "real", { acknowledged: undefined as never }],
    ["expected acknowledges it", open, "expected", { acknowledged: ada }],
    ["false alarm acknowledges it", open, "false-alarm", { acknowledged: ada }],
    ["expected acknowledges nothing that is over", over, "expected", { acknowledged: undefined as never }],
    [
      "new normal ends it at once",
      open,
      "new-normal",
      { resolvedAt: at(4), accepted: { ...ada, bucket: at(4) } },
    ],
    [
      "new normal of what was taken for normal already confirms that",
      accepted,
      "new-normal",
      { resolvedAt: at(4), accepted: accepted.accepted },
    ],
    [
      "real of what was taken for normal opens it again",
      accepted,
      "real",
      { resolvedAt: undefined as never, reopenedAt: at(4) },
    ],
    [
      "expected of what was taken for normal opens it again",
      accepted,
      "expected",
      { resolvedAt: undefined as never, acknowledged: ada },
    ],
    ["false alarm leaves what was taken for normal", accepted, "false-alarm", { resolvedAt: at(4) }],
  ])("%s", (_, incident, label, change) => {
    const labelled = withLabel(incident, given(label));
    for (const [key, value] of Object.entries(change))
      expect(labelled[key as keyof Incident], key).toEqual(value);
    expect(labelled.labelled).toEqual(given(label));
  });

  const opened = (incident: Incident) => ({ ...incident, reopenedAt: expect.anything() });
  test.each<[Label, string, Incident]>([
    ["real", "one that goes on", open],
    ["expected", "one that goes on", open],
    ["false-alarm", "one that goes on", open],
    ["real", "one that is over", over],
    ["real", "one that was taken for normal", accepted],
    ["new-normal", "one that was taken for normal", accepted],
    ["expected", "one that somebody sees to", { ...open, acknowledged: { by: "bob", at: at(1) } }],
  ])("undoing %s on %s restores the previous state", (label, _, incident) => {
    const { reopenedAt: __, ...back } = withLabel(withLabel(incident, given(label)), undefined);
    expect(back).toEqual(incident);
  });

  test("undoing a new normal reopens the incident, so that people are notified", () => {
    const back = withLabel(withLabel(open, given("new-normal")), undefined);
    expect(back).toEqual(opened(open));
  });

  test("replaces another label and all its effects", () => {
    const labelled = withLabel(withLabel(open, given("new-normal")), given("real", "bob", 6));
    expect(labelled).toEqual(opened({ ...open, labelled: given("real", "bob", 6) }));
  });
});

describe("the hours of a labelled incident", () => {
  const excluded = (incident: Incident, label: Label) =>
    exclusionOf(withLabel(incident, given(label)), "main.ios.us.hour");

  test.each<[string, Incident, Label, object | undefined]>([
    ["are no example when it was real", over, "real", { from: noon, to: at(6), because: "label" }],
    ["are no example as far as it goes", open, "expected", { from: noon, to: at(4), because: "label" }],
    ["are an example when it was a false alarm", over, "false-alarm", undefined],
    ["are the new level when it is the new normal", open, "new-normal", { to: at(4), because: "new-level" }],
    ["have become the new level already when Tidewatch said so before", accepted, "new-normal", undefined],
  ])("%s", (_, incident, label, exclusion) => {
    if (exclusion) expect(excluded(incident, label)).toMatchObject({ id: open.id, by: "ada", ...exclusion });
    else expect(excluded(incident, label)).toBeUndefined();
  });

  test("are learned while the incident has no label", () => {
    expect(exclusionOf(over, "main.ios.us.hour")).toBeUndefined();
  });
});
