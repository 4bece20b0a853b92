import type { Verdict } from "../src/detector/verdict.ts";
import type { HealthIssue } from "../src/health/health-issue.ts";
import type { AlertGroup } from "../src/incidents/alert-group.ts";
import { type Incident, isLive } from "../src/incidents/incident.ts";
import type { LimitUsage } from "../src/notifications/alert-limit.ts";
import { type Mute, scopeName } from "../src/notifications/mute.ts";
import type { Overflow } from "../src/notifications/overflow.ts";
import type { LimitUsageStore, OverflowStore } from "../src/pipeline/ports/alert-limits.ts";
import type { AuditStore, Journal } from "../src/pipeline/ports/audit.ts";
import type {
  AlertGroupStore,
  IncidentStore,
  Outbox,
  OutboxEntry,
  Recheck,
  RecheckStore,
} from "../src/pipeline/ports/incidents.ts";
import type { NotificationLog, NotificationLogEntry } from "../src/pipeline/ports/messages.ts";
import type { FailureReport, FailureStore, HealthIssueStore } from "../src/pipeline/ports/ops.ts";
import type {
  IngestionDelayStore,
  ProgressStore,
  QuotaStore,
  SavedState,
  SegmentCache,
  SeriesStore,
} from "../src/pipeline/ports/series.ts";
import type {
  AppStore,
  ChangeStore,
  EventStore,
  ExclusionStore,
  MuteStore,
  PermissionStore,
  WatchStore,
} from "../src/pipeline/ports/settings.ts";
import type { SeenStore, SlackConnectionStore } from "../src/pipeline/ports/slack.ts";
import type { AuditedDecision, NotableVerdict } from "../src/reports/audit.ts";
import type { ApiQuota } from "../src/series/api-quota.ts";
import type { App } from "../src/series/app.ts";
import type { Progress } from "../src/series/due.ts";
import type { Exclusion } from "../src/series/excluded-hours.ts";
import type { IngestionDelay } from "../src/series/ingestion-delay.ts";
import type { PlannedEvent } from "../src/series/planned-events.ts";
import { type Point, seriesId, seriesRef } from "../src/series/series.ts";
import { type Change, type Changed, isSame, subjectOf } from "../src/settings/change.ts";
import { BY_DEFAULT, type Permissions } from "../src/settings/permissions.ts";
import type { Watch } from "../src/settings/watch.ts";
import { type Bucket, bucketsBetween, DAY, HOUR, hourOf, MINUTE, stepOf } from "../src/time/time.ts";

/** Every port that lives in Redis, in memory. Trusted because it passes the suites in `contracts/`. */
export function fakeStores() {
  const settings = {
    watches: fakeWatches(),
    mutes: fakeMutes(),
    events: fakeEvents(),
    exclusions: fakeExclusions(),
    apps: fakeApps(),
    permissions: fakePermissions(),
  };
  return {
    ...settings,
    changes: fakeChanges(settings),
    series: fakeSeries(),
    progress: fakeProgress(),
    incidents: fakeIncidents(),
    journal: fakeJournal(),
    audit: fakeAudit(),
    quotas: fakeQuotas(),
    segmentCache: fakeSegmentCache(),
    alertGroups: fakeCauses(),
    limitUsages: fakeLimitUsages(),
    overflows: fakeDigests(),
    outbox: fakeOutbox(),
    rechecks: fakeAgenda(),
    failures: fakeFailures(),
    healthIssues: fakeHealthIssues(),
    ingestionDelays: fakeIngestionDelays(),
    notificationLog: fakeLedger(),
    seen: fakeSeen(),
    slackConnections: fakeSlackConnections(),
  };
}

interface Kept {
  oldest: Bucket;
  newest: Bucket;
  counts: Map<Bucket, number>;
  revision: number;
  revisedFrom?: Bucket | undefined;
  reaskedThrough?: Bucket | undefined;
  state?: SavedState | undefined;
}

/** The newest 1344 hours, or 392 days, of each series. */
export function fakeSeries(): SeriesStore {
  const all = new Map<string, Kept>();
  return {
    async read(id) {
      const kept = all.get(id);
      if (!kept) return undefined;
      const { oldest, newest, counts, revision, state, revisedFrom, reaskedThrough } = kept;
      const values = bucketsBetween(oldest, newest, seriesRef(id).unit).map((bucket) => counts.get(bucket));
      const stored = {
        history: { first: oldest, values },
        collectedThrough: newest,
        revision,
        ...(revisedFrom !== undefined && { revisedFrom }),
        ...(reaskedThrough !== undefined && { reaskedThrough }),
      };
      return state ? { ...stored, state } : stored;
    },
    async write(id, points, from, to) {
      const { unit } = seriesRef(id);
      checkPoints(points, from, to, stepOf(unit));
      if (to < from) return;
      const before: Kept = all.get(id) ?? {
        oldest: from,
        newest: from - stepOf(unit),
        counts: new Map(),
        revision: 0,
      };
      const newest = Math.max(to, before.newest);
      const begin = newest - ((unit === "hour" ? 1344 : 392) - 1) * stepOf(unit);
      if (to < begin) return;

      const counts = new Map([...before.counts].filter(([bucket]) => bucket >= begin));
      const given = new Map(points.map(({ bucket, value }) => [bucket, value]));
      const changed: Bucket[] = [];
      for (const bucket of bucketsBetween(Math.max(from, begin), to, unit)) {
        const sessions = given.get(bucket);
        if (bucket <= before.newest && sessions !== counts.get(bucket)) changed.push(bucket);
        if (sessions === undefined) counts.delete(bucket);
        else counts.set(bucket, sessions);
      }
      const { state } = before;
      const revised = changed.filter((bucket) => bucket >= before.oldest);
      const lost = revised.filter((bucket) => !given.has(bucket));
      all.set(id, {
        revisedFrom: least(before.revisedFrom, revised[0]),
        reaskedThrough:
          before.reaskedThrough === undefined || lost.length === 0
            ? before.reaskedThrough
            : Math.min(before.reaskedThrough, lost[0]! - stepOf(unit)),
        oldest: Math.max(begin, Math.min(from, before.oldest)),
        newest,
        counts,
        revision: before.revision + (changed.length > 0 ? 1 : 0),
        state: state && changed.some((bucket) => bucket <= state.through) ? undefined : state,
      });
    },
    async saveState(id, state, revision) {
      const kept = all.get(id);
      if (kept?.revision === revision && state.through <= kept.newest) kept.state = state;
    },
    async noteEvaluated(id, revision) {
      const kept = all.get(id);
      if ((kept?.revision ?? 0) !== revision) return false;
      if (kept) kept.revisedFrom = undefined;
      return true;
    },
    async noteReasked(id, through) {
      const kept = all.get(id);
      if (kept) kept.reaskedThrough = through;
    },
    async remove(id) {
      all.delete(id);
    },
  };
}

const least = (a: Bucket | undefined, b: Bucket | undefined): Bucket | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

function checkPoints(points: readonly Point[], from: Bucket, to: Bucket, step: number): void {
  for (const { bucket, value } of points) {
    const isCount = Number.isInteger(value) && value >= 0 && value < 0xffff_ffff;
    if (!isCount) throw new RangeError(`${value} sessions cannot be stored: a count is a whole number`);
    const isInside = bucket >= from && bucket <= to && bucket % step === 0;
    if (!isInside) throw new RangeError(`${bucket} is no bucket from ${from} to ${to}`);
  }
}

export function fakeProgress(): ProgressStore {
  const all = new Map<string, Progress>();
  return {
    all: async () => new Map(all),
    of: async (id) => all.get(id),
    async save(id, change) {
      const known = Object.entries({ ...all.get(id), ...change }).filter(([, value]) => value !== undefined);
      all.set(id, Object.fromEntries(known));
    },
    async remove(id) {
      all.delete(id);
    },
  };
}

export function fakeWatches(): WatchStore {
  const all = new Map<string, Watch>();
  const sorted = () => [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    all: async () => sorted(),
    byId: async (id) => all.get(id),
    forSeries: async (series) => sorted().filter((watch) => seriesId(watch.series) === series),
    seriesIds: async () => [...new Set(sorted().map((watch) => seriesId(watch.series)))].sort(),
    async save(watch) {
      all.set(watch.id, watch);
    },
    remove: async (id) => all.delete(id),
  };
}

export function fakeIncidents(): IncidentStore {
  const { all, save } = versioned<Incident>();
  const of = (watchId: string) =>
    [...all.values()]
      .filter((incident) => incident.watchId === watchId)
      .sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
  return {
    byId: async (id) => all.get(id),
    live: async (watchId) => of(watchId).filter(isLive),
    since: async (watchId, since) => of(watchId).filter(({ openedAt }) => openedAt >= since),
    save,
  };
}

export function fakeJournal(): Journal {
  const all = new Map<string, Map<Bucket, Verdict["kind"]>>();
  return {
    async record(watchId, entries) {
      const kept = all.get(watchId) ?? new Map();
      for (const { bucket, verdict } of entries) kept.set(bucket, verdict);
      const oldest = Math.max(...kept.keys()) - 90 * DAY;
      for (const bucket of kept.keys()) if (bucket <= oldest) kept.delete(bucket);
      all.set(watchId, kept);
    },
    between: async (watchId, from, to) =>
      [...(all.get(watchId) ?? [])]
        .filter(([bucket]) => bucket >= from && bucket <= to)
        .sort(([a], [b]) => a - b)
        .map(([bucket, verdict]) => ({ bucket, verdict })),
  };
}

export function fakeAudit(): AuditStore {
  const allVerdicts = new Map<string, NotableVerdict[]>();
  const allDecisions = new Map<string, AuditedDecision[]>();
  return {
    async recordVerdicts(watchId, from, to, verdicts) {
      const kept = (allVerdicts.get(watchId) ?? []).filter(({ bucket }) => bucket < from || bucket > to);
      const all = [...kept, ...verdicts].filter(({ bucket }) => bucket > to - 90 * DAY);
      allVerdicts.set(
        watchId,
        all.sort((a, b) => a.bucket - b.bucket),
      );
    },
    async recordDecisions(watchId, decisions) {
      const kept = allDecisions.get(watchId) ?? [];
      const nameOf = ({ at: _, ...rest }: AuditedDecision) => JSON.stringify(rest);
      const known = new Set(kept.map(nameOf));
      const all = [...kept, ...decisions.filter((one) => !known.has(nameOf(one)))];
      const oldest = Math.max(...decisions.map(({ at }) => at)) - 90 * DAY;
      allDecisions.set(
        watchId,
        all.filter(({ at }) => at > oldest).sort((a, b) => a.at - b.at),
      );
    },
    verdicts: async (watchId, from, to) =>
      (allVerdicts.get(watchId) ?? []).filter(({ bucket }) => bucket >= from && bucket <= to),
    decisions: async (watchId, since) => (allDecisions.get(watchId) ?? []).filter(({ at }) => at >= since),
  };
}

export function fakeSegmentCache(): SegmentCache {
  const all = new Map<string, Parameters<SegmentCache["save"]>[1]>();
  return {
    of: async (workspace) => all.get(workspace),
    async save(workspace, listed) {
      all.set(workspace, listed);
    },
  };
}

export function fakeQuotas(): QuotaStore {
  const all = new Map<string, ApiQuota>();
  return {
    async of(workspace, pool, now) {
      const known = all.get(`${workspace}/${pool}`);
      return known && known.resetAt > now ? known : undefined;
    },
    async take(workspace, pool, reserve, now) {
      const known = all.get(`${workspace}/${pool}`);
      if (!known) return undefined;
      const resetAt = hourOf(now) + HOUR;
      const left =
        now < known.resetAt ? known : { ...known, remaining: known.limit, resetAt, isGuess: true as const };
      if (left.remaining <= 0 || left.remaining < left.limit * reserve) return left;
      all.set(`${workspace}/${pool}`, { ...left, remaining: left.remaining - 1 });
      return undefined;
    },
    async learn(workspace, pool, lastNotified) {
      const known = all.get(`${workspace}/${pool}`);
      const isCorrected = known?.isGuess && !lastNotified.isGuess;
      if (known && known.resetAt > lastNotified.resetAt && !isCorrected) return;
      const isSame = known?.resetAt === lastNotified.resetAt;
      all.set(`${workspace}/${pool}`, {
        ...lastNotified,
        remaining: isSame ? Math.min(known.remaining, lastNotified.remaining) : lastNotified.remaining,
      });
    },
  };
}

export function fakeApps(): AppStore {
  const all = new Map<string, App>();
  return {
    all: async () => [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, app]) => app),
    async save(app) {
      all.set(`${app.workspace}.${app.app}`, app);
    },
    remove: async (workspace, app) => all.delete(`${workspace}.${app}`),
  };
}

export function fakeMutes(): MuteStore {
  const all = new Map<string, Mute>();
  return {
    all: async () => [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, mute]) => mute),
    async save(mute) {
      all.set(scopeName(mute.scope), mute);
    },
    remove: async (scope) => all.delete(scopeName(scope)),
    async forget(mute) {
      if (isSame(all.get(scopeName(mute.scope)), mute)) all.delete(scopeName(mute.scope));
    },
  };
}

export function fakeEvents(): EventStore {
  const all = new Map<string, PlannedEvent>();
  return {
    all: async () => [...all.values()].sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1)),
    async save(event) {
      all.set(event.id, event);
    },
    remove: async (id) => all.delete(id),
  };
}

export function fakeExclusions(): ExclusionStore {
  const all = new Map<string, Map<string, Exclusion>>();
  const of = (seriesId: string) =>
    [...(all.get(seriesId)?.values() ?? [])].sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
  return {
    of: async (seriesId) => of(seriesId),
    all: async () => [...all.keys()].sort().flatMap(of),
    async save(exclusion) {
      const its = all.get(exclusion.seriesId) ?? new Map();
      all.set(exclusion.seriesId, its.set(exclusion.id, exclusion));
    },
    remove: async (seriesId, id) => all.get(seriesId)?.delete(id) ?? false,
  };
}

export function fakeAgenda(): RecheckStore {
  const all = new Map<string, Recheck>();
  return {
    due: async (now) =>
      [...all.values()]
        .filter(({ at }) => at <= now)
        .sort((a, b) => a.at - b.at || (a.incidentId < b.incidentId ? -1 : 1)),
    async save(appointments) {
      for (const appointment of appointments) all.set(appointment.incidentId, appointment);
    },
    async remove(incidentIds) {
      for (const id of incidentIds) all.delete(id);
    },
  };
}

export function fakeCauses(): AlertGroupStore {
  const { all, save } = versioned<AlertGroup>();
  return {
    byId: async (id) => all.get(id),
    near: async (groupKey, from, to) =>
      [...all.values()]
        .filter(
          (alertGroup) =>
            alertGroup.groupKey === groupKey && alertGroup.openedAt >= from && alertGroup.openedAt <= to,
        )
        .sort((a, b) => a.openedAt - b.openedAt),
    save,
  };
}

/** What changes only through a compare-and-set on its version. */
function versioned<Thing extends { readonly id: string; readonly version: number }>() {
  const all = new Map<string, Thing>();
  return {
    all,
    async save(thing: Thing): Promise<Thing | undefined> {
      if ((all.get(thing.id)?.version ?? 0) !== thing.version) return undefined;
      const next = { ...thing, version: thing.version + 1 };
      all.set(thing.id, next);
      return next;
    },
  };
}

export function fakeLimitUsages(): LimitUsageStore {
  const { all, save } = versioned<LimitUsage>();
  return { of: async (channel) => all.get(channel), save };
}

export function fakeDigests(): OverflowStore {
  const { all, save } = versioned<Overflow>();
  return { byId: async (id) => all.get(id), save };
}

export function fakeOutbox(): Outbox {
  const all = new Map<string, OutboxEntry & { readonly until: number }>();
  let added = 0;
  return {
    async add(id, groupKey, { isAhead = false } = {}) {
      all.set(id, { groupKey, token: `${++added}`, until: isAhead ? Date.now() + MINUTE : 0 });
    },
    all: async () =>
      new Map(
        [...all]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([id, { groupKey, token }]) => [id, { groupKey, token }]),
      ),
    async remove(id, { token }) {
      const there = all.get(id);
      if (there?.token === token && there.until <= Date.now()) all.delete(id);
    },
  };
}

export function fakeFailures(): FailureStore {
  const all = new Map<string, FailureReport>();
  return {
    all: async () => new Map(all),
    among: async (names) => new Map([...all].filter(([name]) => names.includes(name))),
    async raise(workspace, report) {
      if (all.get(workspace)?.failure === report.failure) return false;
      all.set(workspace, report);
      return true;
    },
    async clear(workspace) {
      const report = all.get(workspace);
      all.delete(workspace);
      return report;
    },
  };
}

export function fakeHealthIssues(): HealthIssueStore {
  const all = new Map<string, HealthIssue>();
  return {
    all: async () => [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    async update(id, change) {
      const next = change(all.get(id));
      if (next) all.set(id, next);
      else all.delete(id);
      return next;
    },
  };
}

export function fakeIngestionDelays(): IngestionDelayStore {
  const all = new Map<string, IngestionDelay>();
  return {
    all: async () => new Map(all),
    of: async (id) => all.get(id),
    async save(id, ingestionDelay) {
      all.set(id, ingestionDelay);
    },
    async remove(id) {
      all.delete(id);
    },
  };
}

export function fakeLedger(): NotificationLog {
  const all = new Map<string, NotificationLogEntry>();
  let tokens = 0;
  const tokenOf = (entry: NotificationLogEntry | undefined) =>
    entry?.state === "sent" ? "" : (entry?.token ?? "");
  return {
    entry: async (id) => all.get(id),
    async save(id, entry) {
      all.set(id, entry);
    },
    async claim(messageId, since, seen) {
      const there = all.get(messageId);
      if (there?.state === "sent" || tokenOf(there) !== tokenOf(seen) || !there !== !seen) return undefined;
      const token = `${++tokens}`;
      all.set(messageId, { state: "sending", since, token });
      return { messageId, since, token };
    },
    async release({ messageId, since, token }, as) {
      const there = all.get(messageId);
      if (tokenOf(there) !== token) return;
      if (as === "unsent") all.delete(messageId);
      else all.set(messageId, { state: "unknown", since, token: `${++tokens}` });
    },
  };
}

export function fakeSeen(): SeenStore {
  const all = new Map<string, number>();
  return {
    async isFirst(id, within) {
      const now = performance.now();
      if ((all.get(id) ?? 0) > now) return false;
      all.set(id, now + within);
      return true;
    },
  };
}

export function fakeSlackConnections(): SlackConnectionStore {
  const until = new Map<string, number>();
  return {
    async hold(id, within) {
      const now = performance.now();
      until.set(id, now + within);
      return [...until.values()].filter((end) => end > now).length;
    },
    async release(id) {
      until.delete(id);
    },
  };
}

/** What changes are of, of all kinds but labels. */
interface FakeSettings {
  readonly watches: WatchStore;
  readonly mutes: MuteStore;
  readonly events: EventStore;
  readonly exclusions: ExclusionStore;
  readonly apps: AppStore;
  readonly permissions: PermissionStore;
}

/** How a setting stands. */
async function standing(changed: Changed, settings: FakeSettings): Promise<unknown> {
  const named = (one: Changed) => subjectOf(one) === subjectOf(changed);
  switch (changed.kind) {
    case "watch":
      return settings.watches.byId(changed.watchId);
    case "mute":
      return (await settings.mutes.all()).find(({ scope }) => named({ kind: "mute", scope }));
    case "event":
      return (await settings.events.all()).find(({ id }) => id === changed.id);
    case "exclusion":
      return (await settings.exclusions.of(changed.seriesId)).find(({ id }) => id === changed.id);
    case "app":
      return (await settings.apps.all()).find((app) => named({ kind: "app", ...app }));
    case "permissions":
      return settings.permissions.get();
    case "label":
      return changed.before;
  }
}

async function put(changed: Changed, settings: FakeSettings): Promise<unknown> {
  switch (changed.kind) {
    case "watch":
      return changed.after ? settings.watches.save(changed.after) : settings.watches.remove(changed.watchId);
    case "mute":
      return changed.after ? settings.mutes.save(changed.after) : settings.mutes.remove(changed.scope);
    case "event":
      return changed.after ? settings.events.save(changed.after) : settings.events.remove(changed.id);
    case "exclusion":
      return changed.after
        ? settings.exclusions.save(changed.after)
        : settings.exclusions.remove(changed.seriesId, changed.id);
    case "app":
      return changed.after
        ? settings.apps.save(changed.after)
        : settings.apps.remove(changed.workspace, changed.app);
    case "permissions":
      return settings.permissions.set(changed.after ?? BY_DEFAULT);
    case "label":
      return undefined;
  }
}

export function fakeChanges(settings: FakeSettings): ChangeStore {
  const all = new Map<string, Change>();
  const notNotified = new Set<string>();
  const sorted = () => [...all.values()].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  const isAsBefore = async ({ changed }: Change) => {
    const now = await standing(changed, settings);
    return isSame(now, changed.before) || (now === undefined && isSame(changed.before, BY_DEFAULT));
  };
  let last: Promise<unknown> = Promise.resolve();
  // One at a time, as in Redis.
  const inTurn = <Outcome>(work: () => Promise<Outcome>): Promise<Outcome> => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
  return {
    record: (changes, undoing) =>
      inTurn(async () => {
        const undone = undoing && all.get(undoing.id);
        if (undoing && (!undone || undone.undone)) return "undone-before";
        for (const change of changes) if (!(await isAsBefore(change))) return "overtaken";
        if (changes.some(({ id }) => all.has(id))) return "taken";
        if (undoing && undone) {
          all.set(undoing.id, { ...undone, undone: undoing.undone });
          notNotified.add(undone.batch ?? undone.id);
        }
        for (const change of changes) all.set(change.id, change);
        notNotified.add(changes[0].id);
        for (const { id, at } of all.values()) {
          if (at > changes[0].at - 90 * DAY) continue;
          all.delete(id);
          notNotified.delete(id);
        }
        for (const { changed } of changes) await put(changed, settings);
        return "recorded";
      }),
    byId: async (id) => all.get(id),
    since: async (since) => sorted().filter(({ at }) => at >= since),
    unannounced: async () =>
      sorted()
        .reverse()
        .map(({ id }) => id)
        .filter((id) => notNotified.has(id)),
    async markAnnounced(id, lastNotified) {
      if (lastNotified.every((change) => isSame(all.get(change.id)?.undone, change.undone)))
        notNotified.delete(id);
    },
  };
}

export function fakePermissions(): PermissionStore {
  let permissions: Permissions | undefined;
  return {
    get: async () => permissions,
    async set(to) {
      permissions = to;
    },
  };
}
