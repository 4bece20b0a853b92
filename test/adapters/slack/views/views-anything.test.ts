import fc from "fast-check";
import { expect, test } from "vitest";
import { elementProblem } from "../../../../simulator/slack/element-limits.ts";
import { viewProblems } from "../../../../simulator/slack/views/view-limits.ts";
import { eventModal } from "../../../../src/adapters/slack/views/event-modal.ts";
import { homeView } from "../../../../src/adapters/slack/views/home-view.ts";
import { incidentModal } from "../../../../src/adapters/slack/views/incident-modal.ts";
import { muteModal } from "../../../../src/adapters/slack/views/mute-modal.ts";
import { failureModal } from "../../../../src/adapters/slack/views/plain-modals.ts";
import { segmentOptions } from "../../../../src/adapters/slack/views/suggestions.ts";
import { formOf } from "../../../../src/adapters/slack/views/watch-form.ts";
import { watchModal } from "../../../../src/adapters/slack/views/watch-modal.ts";
import { aMember, anEvent, noon, someCircumstances } from "../../../support/builders.ts";
import { aHome, aPreview } from "./scenes.ts";

const name = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 255 }),
  fc.string({ unit: "binary", maxLength: 255 }),
  fc.constantFrom(
    "&".repeat(255),
    "<!channel>",
    "*_~`<>&".repeat(36),
    "שלום ".repeat(50),
    "👩‍👩‍👧‍👦".repeat(36),
    "a".repeat(255),
    "",
    "\u202e\n\n",
  ),
);
const id = fc.stringMatching(/^[a-z0-9-]{1,42}$/);
const sessions = fc.oneof(fc.nat(), fc.double(), fc.constant(0));

const member = fc
  .record({ appName: name, segmentName: name, id, balance: sessions, by: name, isOver: fc.boolean() })
  .map(({ appName, segmentName, id, balance, by, isOver }) =>
    aMember(
      {
        id: `${id}.drop@2026-06-16T12`,
        balance,
        acknowledged: { by, at: noon },
        ...(isOver && { resolvedAt: noon }),
      },
      { id, appName, segmentName },
    ),
  );
const members = fc.array(member, { minLength: 1, maxLength: 500, size: "+1" });
const sums = fc.array(
  sessions.map((observed) => ({ from: noon, observed })),
  { maxLength: 28, size: "+1" },
);

const expectTaken = (view: { readonly type: string; readonly blocks: readonly unknown[] }) => {
  expect(viewProblems(view)).toEqual([]);
  for (const text of mrkdwnIn(view)) {
    const withoutOurs = text
      .replace(/<!date\^\d+\^[^|<>]+\|[^<>]+>/g, "")
      .replace(/<(@[UW][A-Z0-9]+|#C[A-Z0-9]+|!subteam\^[A-Z0-9]+|https:[^|<>]+\|[A-Z][A-Za-z ]+)>/g, "");
    expect(withoutOurs).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    expect(text).not.toMatch(/\bNaN\b|\bInfinity\b|undefined/);
  }
};

const mrkdwnIn = (value: unknown): string[] => {
  if (typeof value !== "object" || value === null) return [];
  const { type, text } = value as { type?: unknown; text?: unknown };
  if (type === "mrkdwn" && typeof text === "string") return [text];
  return Object.values(value).flatMap(mrkdwnIn);
};

test("the dashboard shows 500 watches and 500 incidents, whatever their names", () => {
  const home = fc
    .record({
      members,
      week: sums,
      page: fc.nat({ max: 40 }),
      name,
      precision: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
    })
    .map(({ members, week, page, name, precision }) =>
      aHome({
        open: members,
        rows: members
          .slice(0, 15)
          .map(({ watch }) => ({ watch, state: "muted" as const, data: {}, evaluatedThrough: noon, week })),
        page,
        pages: 41,
        watches: members.map(({ watch }) => watch),
        mutes: members.map(({ watch }) => ({
          scope: { kind: "watch" as const, watch: watch.id },
          by: name,
          at: noon,
          until: noon,
          incidents: [],
        })),
        healthIssues: [{ ...aHome().healthIssues[0]!, what: [name, name] }],
        events: [anEvent({ name })],
        week: { incidents: 500, labelled: 3, ...(precision !== undefined && { precision }) },
      }),
    );
  fc.assert(
    fc.property(home, (home) => expectTaken(homeView(home))),
    { numRuns: 100 },
  );
});

test("the details of an incident list 500 series, a page at a time, whatever their names", () => {
  fc.assert(
    fc.property(members, fc.nat({ max: 30 }), name, (members, page, planned) =>
      expectTaken(
        incidentModal({
          ...members[0]!,
          members,
          alertContext: someCircumstances({
            planned: [planned],
            relatedSeries: { watched: 9, alike: members.map((one) => one.watch) },
          }),
          decisions: Array.from({ length: 40 }, () => ({
            incidentId: "x",
            bucket: noon,
            decision: { notify: "updated" as const },
            at: noon,
          })),
          address: "https://acme.slack.test/archives/C1/p1",
          page,
        }),
      ),
    ),
    { numRuns: 100 },
  );
});

test("every form accepts things with any name", () => {
  fc.assert(
    fc.property(member, name, fc.constantFrom("1h" as const, "date" as const), ({ watch }, name, until) => {
      const apps = Array.from({ length: 300 }, (_, i) => ({ workspace: "main", app: `app-${i}`, name }));
      const form = formOf({ ...watch, owner: "S0ONCALL1" }, apps);
      for (const preview of [
        { kind: "impossible" as const, why: name },
        {
          kind: "counted" as const,
          preview: aPreview({
            usual: 0,
            chosen: { sensitivity: { alertsPerMonth: 0.1 }, alerts: 0, critical: 0 },
          }),
        },
      ])
        expectTaken(watchModal({ watchId: watch.id, form, workspaces: ["main", "eu"], apps, preview }));
      expectTaken(eventModal(["main", "eu"], apps, noon));
      expectTaken(failureModal("Why?", name));
      const scope = { kind: "watch" as const, watch: watch.id };
      expectTaken(muteModal({ scopes: [{ scope, name }], scope, until, date: noon }));
    }),
    { numRuns: 200 },
  );
});

test("a list of segments is within Slack's limits, whatever their number and names", () => {
  const segment = fc.record({ id: fc.uuid(), name, isTracked: fc.boolean() });
  fc.assert(
    fc.property(
      fc.uniqueArray(segment, { selector: ({ id }) => id, maxLength: 500, size: "+1" }),
      (segments) => {
        const options = segmentOptions(segments, "");
        if (options.length === 0) return;
        expect(
          elementProblem({ type: "static_select", action_id: "x", options }, "select", "input"),
        ).toBeUndefined();
      },
    ),
    { numRuns: 100 },
  );
});
