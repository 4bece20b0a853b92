import type { z } from "zod";
import {
  decisionOf,
  decisionText,
  verdictOf,
  verdictText,
} from "../../../src/adapters/redis/audit/audit-codec.ts";
import { parseStored } from "../../../src/adapters/redis/commands/damaged.ts";
import { healthIssueSchema } from "../../../src/adapters/redis/health/health-issue-schema.ts";
import * as incidentSchemas from "../../../src/adapters/redis/incidents/schemas.ts";
import * as seriesSchemas from "../../../src/adapters/redis/series/schemas.ts";
import { changeSchema, undoneSchema } from "../../../src/adapters/redis/settings/change-schema.ts";
import * as settingSchemas from "../../../src/adapters/redis/settings/schemas.ts";
import { changeMessage } from "../../../src/adapters/slack/commands/change.ts";
import { slackRenderer } from "../../../src/adapters/slack/messages/render.ts";
import { decodeState, encodeState, newState } from "../../../src/detector/detector.ts";
import type { HealthIssue } from "../../../src/health/health-issue.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import { type Mute, scopeName } from "../../../src/notifications/mute.ts";
import type { Change } from "../../../src/settings/change.ts";
import { type Watch, watchTitle } from "../../../src/settings/watch.ts";
import { permissionsText } from "../../../src/text/answers/facts.ts";
import { HOUR } from "../../../src/time/time.ts";
import { aNotification, anIncident, anomalous, aWatch, noon } from "../../support/builders.ts";
import { hostileText, mutateBytes, mutateJson, mutateText } from "../hostile.ts";
import { holds, refusedOr, type Way } from "../way.ts";

const schemas = { ...incidentSchemas, ...seriesSchemas, ...settingSchemas };

interface Stored<T = unknown> {
  readonly schema: z.ZodType<T>;
  readonly sample: T;
  /** What the program goes on to do with it: whatever was taken as whole has to bear that. */
  readonly use?: (value: T) => unknown;
}

const stored = <T>(one: Stored<T>): Stored => one as Stored;

const { alerts: renderer, ops } = slackRenderer("UTC");
const lines = (value: { id: string }) => holds(value.id !== "", "an entry without an id");

const healthIssue: HealthIssue = {
  id: "braze.main",
  kind: "braze",
  what: ["main"],
  detail: "Braze answered 401",
  advice: "Check BRAZE_API_KEY.",
  since: noon,
  grace: 120_000,
  firstSeen: noon,
  lastSeen: noon + HOUR,
  overAt: noon + 2 * HOUR,
  logged: { gist: "401", isOver: false, at: noon },
  lastNotified: { gist: "401", isOver: false, at: noon, channel: "C0OPS0001", ts: "1.1" },
};

const mute: Mute = {
  scope: { kind: "app", workspace: "main", app: "ios" },
  by: "U0ADA0001",
  at: noon,
  until: noon + HOUR,
  incidents: ["ios.drop@2026-06-16T12"],
};

const kinds: readonly Stored[] = [
  stored<Watch>({
    schema: schemas.watchSchema,
    sample: aWatch({ quiet: { from: 1_320, to: 420, days: [0, 6], critical: true }, owner: "U0ADA0001" }),
    use: (watch) => [watchTitle(watch), renderer.root(aNotification("opened", {}, watch))],
  }),
  stored<Incident>({
    schema: schemas.incidentSchema,
    sample: anIncident({
      version: 3,
      resolvedAt: noon + 3 * HOUR,
      lastNotified: {
        severity: "warning",
        resolved: false,
        bucket: noon,
        at: noon,
        channel: "C0ALERTS1",
        ts: "1.1",
      },
      acknowledged: { by: "U0ADA0001", at: noon },
    }),
    use: (incident) =>
      (["opened", "worsened", "resolved", "reminder", "missed"] as const).map((reason) => {
        const notification = aNotification(reason, incident);
        return [renderer.root(notification), renderer.replies(notification)];
      }),
  }),
  stored({
    schema: schemas.alertGroupSchema,
    sample: {
      id: "r@1",
      groupKey: "r",
      openedAt: noon,
      members: ["ios.drop@1"],
      ref: { channel: "C", ts: "1.1" },
      version: 1,
    },
    use: lines,
  }),
  stored<Mute>({
    schema: schemas.muteSchema,
    sample: mute,
    use: ({ scope, at }) => [scopeName(scope), new Date(at).toISOString()],
  }),
  stored({
    schema: schemas.progressSchema,
    sample: {
      evaluatedThrough: noon,
      collectedThrough: noon,
      notEvaluated: { since: noon, through: noon, because: "missing" as const },
    },
    use: ({ evaluatedThrough = 0 }) => new Date(evaluatedThrough).toISOString(),
  }),
  stored({
    schema: schemas.notificationLogSchema,
    sample: { state: "sent" as const, channel: "C0ALERTS1", ts: "1718539200.000100" },
    use: (entry) => holds(entry.state !== "sent" || entry.ts !== "", "a message without its place"),
  }),
  stored({
    schema: schemas.failureSchema,
    sample: { failure: "braze-wrong-key" as const, message: "m", advice: "a", since: noon },
    use: ({ since }) => new Date(since).toISOString(),
  }),
  stored<Change>({
    schema: changeSchema,
    sample: {
      id: "watch-1",
      at: noon,
      by: "U0ADA0001",
      changed: { kind: "watch", watchId: "ios-us", before: aWatch(), after: aWatch({ direction: "drop" }) },
    },
    use: (change) => changeMessage([change]),
  }),
  stored<Change>({
    schema: changeSchema,
    sample: {
      id: "label-1",
      at: noon,
      by: "U0ADA0001",
      changed: {
        kind: "label",
        incidentId: "ios.drop@2026-06-16T12",
        after: { label: "real", by: "U0ADA0001", at: noon },
      },
    },
    use: (change) => changeMessage([change]),
  }),
  stored<Change>({
    schema: changeSchema,
    sample: {
      id: "mute-1",
      at: noon,
      by: "U0ADA0001",
      changed: { kind: "mute", scope: mute.scope, after: mute },
    },
    use: (change) => changeMessage([change]),
  }),
  stored({
    schema: undoneSchema,
    sample: { by: "U0ADA0001", at: noon },
    use: ({ at }) => new Date(at).toISOString(),
  }),
  stored({
    schema: schemas.permissionsSchema,
    sample: { who: "group" as const, group: "S0123456" },
    use: permissionsText,
  }),
  stored({
    schema: schemas.appSchema,
    sample: { workspace: "main", app: "ios", name: "iOS", zone: "Europe/Berlin", country: "DE" },
  }),
  stored({
    schema: schemas.eventSchema,
    sample: {
      id: "sale",
      name: "Sale",
      from: noon,
      to: noon + HOUR,
      scope: { workspace: "main", app: "ios" },
      by: "U1",
      at: noon,
    },
    use: (event) =>
      changeMessage([
        { id: "c", at: noon, by: "U1", changed: { kind: "event", id: event.id, after: event } },
      ]),
  }),
  stored({
    schema: schemas.productChangeSchema,
    sample: {
      id: "ios-5-2",
      name: "iOS 5.2 released",
      time: noon,
      scope: { workspace: "main", app: "ios" },
      link: "https://github.test/releases/5.2",
      by: "U1",
      at: noon,
    },
    use: (change) =>
      changeMessage([
        { id: "c", at: noon, by: "U1", changed: { kind: "product-change", id: change.id, after: change } },
      ]),
  }),
  stored({
    schema: schemas.exclusionSchema,
    sample: {
      id: "x",
      seriesId: "main.ios.all.hour",
      from: noon,
      to: noon + HOUR,
      because: "hand" as const,
      by: "U1",
      at: noon,
    },
    use: ({ from, to }) => [new Date(from).toISOString(), new Date(to).toISOString()],
  }),
  stored({
    schema: schemas.limitUsageSchema,
    sample: {
      id: "C0ALERTS1",
      counted: [{ alertGroupId: "a", watches: ["ios"], at: noon }],
      overflow: { id: "d", since: noon },
      version: 1,
    },
    use: ({ counted }) => counted.map(({ at }) => new Date(at).toISOString()),
  }),
  stored({
    schema: schemas.overflowSchema,
    sample: {
      id: "C0ALERTS1.2026-06-16T12",
      channel: "C0ALERTS1",
      since: noon,
      entries: [{ alertGroupId: "a", reached: { of: "channel" as const, messages: 10, within: HOUR } }],
      ref: { channel: "C0ALERTS1", ts: "1.2" },
      editedAt: noon,
      version: 1,
    },
    use: ({ since }) => new Date(since).toISOString(),
  }),
  stored<HealthIssue>({
    schema: healthIssueSchema,
    sample: healthIssue,
    use: (seen) => [ops.healthIssue(seen), ops.over(seen)],
  }),
];

export const storedJson: Way = {
  name: "stored-json",
  what: "JSON in Redis: watches, incidents, alert groups, mutes, changes, events, product changes, exclusions, alert limits, progress, notification log, failures",
  share: 200_000,
  open: () => ({
    strike(dice) {
      const { schema, sample, use } = dice.pick(kinds);
      const json = mutateJson(sample, dice);
      const value = refusedOr(() => parseStored(schema, json, "a key", "Mend it."));
      if (value === undefined) return true;
      const again = parseStored(schema, JSON.stringify(value), "a key", "Mend it.");
      holds(
        JSON.stringify(again) === JSON.stringify(value),
        "what was read is read otherwise the second time",
      );
      use?.(value);
      return false;
    },
  }),
};

const state = encodeState(newState({ unit: "hour", zone: "Europe/Berlin", country: "DE" }));

export const storedStates: Way = {
  name: "stored-states",
  what: "what the detector has learned, as bytes in Redis",
  share: 40_000,
  open: () => ({
    strike(dice) {
      const bytes = mutateBytes(state, dice);
      const read = decodeState(bytes);
      // What is damaged is learned again; taken for whole, it would judge by nonsense without a word.
      holds(read === undefined || Buffer.compare(bytes, state) === 0, "a damaged state was taken for whole");
      return read === undefined;
    },
  }),
};

const verdicts = [
  verdictText(anomalous(noon) as Parameters<typeof verdictText>[0]),
  verdictText({ kind: "not-evaluated", bucket: noon, because: "missing" }),
];
const decided = decisionText({
  incidentId: "ios.drop@2026-06-16T12",
  bucket: noon,
  notifiedAt: noon,
  decision: { notify: "opened" },
  at: noon,
});

export const storedAudit: Way = {
  name: "stored-audit",
  what: "lines of the audit in Redis",
  share: 80_000,
  open: () => ({
    strike(dice) {
      const isVerdict = dice.chance(0.5);
      const sample = isVerdict ? dice.pick(verdicts) : decided;
      const text = dice.chance(0.1) ? hostileText(dice) : mutateText(sample, dice);
      const read = isVerdict ? verdictOf(text) : decisionOf(text, noon);
      if (read === undefined) return true;
      new Date(read.bucket).toISOString();
      const [, ...written] = ("decision" in read ? decisionText(read) : verdictText(read)).split(" ");
      holds(
        written.every((word) => /^[\w.+-]+$/.test(word)),
        `nonsense was read: ${JSON.stringify(text)}`,
      );
      return false;
    },
  }),
};
