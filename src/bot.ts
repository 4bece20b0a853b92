import type { Redis } from "ioredis";
import type { BrazeOptions, SeenAnswer } from "./adapters/braze/connection.ts";
import { sharedQuota } from "./adapters/braze/quota.ts";
import { brazeSpaces } from "./adapters/braze/spaces.ts";
import { chartPng } from "./adapters/chart/painter.ts";
import { urlHeartbeat } from "./adapters/heartbeat/heartbeat.ts";
import { redisStores } from "./adapters/redis/stores.ts";
import { slackChannelIssue } from "./adapters/slack/client/channels.ts";
import { slackChartUpload } from "./adapters/slack/client/chart-upload.ts";
import { slackMessenger } from "./adapters/slack/client/messenger.ts";
import { slackPeople } from "./adapters/slack/client/people.ts";
import { slackPermalinks } from "./adapters/slack/client/permalinks.ts";
import { slackFiles } from "./adapters/slack/client/share-file.ts";
import { fileShownBy, slackChartImages } from "./adapters/slack/messages/chart-images.ts";
import { slackRenderer } from "./adapters/slack/messages/render.ts";
import { unpinged } from "./adapters/slack/messages/unpinged.ts";
import type { Config } from "./config/config.ts";
import { keyFile } from "./config/key-file.ts";
import type { WorkspaceConfig } from "./config/workspaces.ts";
import { destinationOf } from "./destinations.ts";
import { PermanentError, TransientError } from "./errors.ts";
import type { Log } from "./log.ts";
import { defaultAlertLimits } from "./notifications/alert-limit.ts";
import { defaultReminding } from "./notifications/reminder.ts";
import { announcedAtOnce, type WakeUps, wakeUps, waking } from "./pipeline/actions/wake-up.ts";
import { learningCompanyZone } from "./pipeline/collecting/company-zone.ts";
import { knownItems } from "./pipeline/collecting/items.ts";
import { neighboursOf } from "./pipeline/collecting/neighbours.ts";
import { profilesOf } from "./pipeline/collecting/profiles.ts";
import { probingParts, withRatios } from "./pipeline/collecting/ratios.ts";
import { refusingRetired } from "./pipeline/collecting/retired.ts";
import { knownSegments } from "./pipeline/collecting/segments.ts";
import { learningSends } from "./pipeline/collecting/sends.ts";
import type { Context } from "./pipeline/context.ts";
import { alsoDelivering } from "./pipeline/delivering/waiting.ts";
import { type OpsAlarm, opsAlarm } from "./pipeline/health/ops-alarm.ts";
import { recordForm, recordSlackFailures } from "./pipeline/health/slack-failures.ts";
import { recordOutage } from "./pipeline/health/slack-outage.ts";
import { chartAttacher, chartImagesOf } from "./pipeline/notifying/attach-chart.ts";
import type { ItemList, SegmentList } from "./pipeline/ports/braze.ts";
import type { Clock } from "./pipeline/ports/clock.ts";
import type { Destination } from "./pipeline/ports/destinations.ts";
import type { ChannelIssue, ShareFile } from "./pipeline/ports/slack.ts";
import { pastReader } from "./pipeline/reports/history.ts";
import { redact } from "./redact.ts";
import { defaultReviewTime } from "./reports/review-due.ts";
import type { SeriesRef } from "./series/series.ts";
import type { Workspace } from "./series/workspace.ts";
import { dayKindOf } from "./time/calendar.ts";
import { HOUR, MINUTE } from "./time/time.ts";

/** Everything that commands and workers need, wired to the real world. */
export interface Bot extends Context {
  readonly shareFile: ShareFile;
  readonly channelIssue: ChannelIssue;
  /** Lists the segments of a workspace, from a short-lived cache. */
  readonly segments: SegmentList;
  /** Lists the custom events or products of a workspace, from a cache of a day. */
  readonly items: ItemList;
  /** Asks Braze for the newest bucket of a series; throws when Braze does not know an id. */
  readonly probe: (series: SeriesRef) => Promise<void>;
  readonly concurrency: number;
  /** Notifies the ops channel, if there is one, while Redis takes no writes. */
  readonly alarm?: OpsAlarm;
  /** Passes hints to the queues when somebody waits for something. */
  readonly wakeUps: WakeUps;
}

/** Slack allows about 50 edits a minute in all; hourly data needs no two edits in one minute. */
const EDIT_EVERY = 45_000;

/** How long Slack may take nothing before alerts go elsewhere. */
const FALLBACK_AFTER = 15 * MINUTE;

/** By mail if there is one, otherwise wherever alerts can go. */
function fallbackOf(destinations: readonly Destination[]): string[] {
  const mail = destinations.filter(({ kind }) => kind === "mail");
  return (mail.length > 0 ? mail : destinations).map(({ name }) => name);
}

/** What surrounds a bot, if it is not the real world. */
export interface Surroundings {
  /** @default Date.now */
  readonly clock?: Clock;
  /** The time that is compared with Slack's time stamps. @default Date.now */
  readonly wallClock?: Clock;
  /** Called with every answer of Braze and the workspace that was asked. */
  readonly onAnswer?: (workspace: string, answer: SeenAnswer) => void;
  /** Logs what a message had to leave out, and what is damaged in Redis. */
  readonly log?: Pick<Log, "warn">;
}

/** Wires the ports to Braze, Redis and Slack; the only place that does. */
export function createBot(
  config: Config,
  redis: Redis,
  { clock = Date.now, wallClock = Date.now, onAnswer, log }: Surroundings = {},
): Bot {
  const { slack, timing, concurrency } = config;
  const hints = wakeUps((error) => log?.warn({ error: redact(String(error)) }, "wake-up.lost"));
  const kept = redisStores(redis, {
    ...(log && { report: ({ message, advice }) => log.warn({ problem: message, advice }, "redis.damaged") }),
  });
  const destinations = (config.destinations ?? []).map((one) => destinationOf(one, wallClock));
  const names = destinations.map(({ name }) => name);
  const stores = {
    ...kept,
    outbox: alsoDelivering(waking(kept.outbox, hints), names, kept.deliveries, hints.deliver),
    changes: announcedAtOnce(kept.changes, hints),
  };
  const braze = brazeSpaces(
    config.workspaces.map((space) => ({
      ...optionsOf(space),
      companyZone: async () => (await stores.companyZones.all()).get(space.name) ?? space.companyZone,
      quota: sharedQuota(space.name, space.quotaReserve, stores.quotas),
      clock,
      ...(onAnswer && { onAnswer: (answer) => onAnswer(space.name, answer) }),
    })),
  );
  const items = knownItems({ ...braze, itemCache: stores.itemCache, clock });
  const isWanted = (workspace: string) =>
    config.workspaces.some(({ name, sends }) => name === workspace && sends === true);
  const neighbours = neighboursOf(stores.watches, clock);
  const asking = { ...braze, ...stores, neighbours, isWanted, clock };
  const source = withRatios(
    refusingRetired(learningSends(learningCompanyZone(braze.source, asking), asking), items),
    stores,
  );
  const slackOptions = { ...slack, ...(log && { log }) };
  const people = slackPeople({ ...slackOptions, clock: wallClock });
  const workspaces = config.workspaces.map(workspaceOf);
  const profiles = profilesOf({ workspaces, ...stores, clock });
  const {
    channel,
    dailyStatusAt = 9 * HOUR,
    heartbeatUrl,
    zone = workspaces[0]?.zone ?? "UTC",
  } = config.ops ?? {};
  const showing = {
    painter: chartPng,
    chartUpload: slackChartUpload({ ...slackOptions, clock: wallClock }),
    chartImages: slackChartImages(),
  };
  const noting = { failures: stores.failures, clock };
  const renderer = slackRenderer(zone);
  let lastLost: unknown;
  return {
    ...stores,
    wakeUps: hints,
    ...braze,
    source,
    probe: probingParts(braze.probe),
    segments: knownSegments({ ...braze, segmentCache: stores.segmentCache, clock }),
    items,
    workspaces,
    shareFile: slackFiles(slackOptions),
    channelIssue: slackChannelIssue(slackOptions),
    people,
    unpinged: unpinged(people),
    past: pastReader({ ...stores, source, timing, clock, workspaces: config.workspaces }),
    isHoliday,
    messenger: recordOutage(
      recordSlackFailures(
        slackMessenger({ ...slackOptions, onTaken: (taken) => recordForm(taken, noting) }),
        noting,
      ),
      { outage: stores.outage, clock },
    ),
    renderer,
    destinations,
    configuredRoutes: config.routes ?? [],
    fallback: {
      after: config.fallback?.after ?? FALLBACK_AFTER,
      destinations: config.fallback?.destinations ?? fallbackOf(destinations),
    },
    alertLimits: config.alertLimits ?? defaultAlertLimits,
    permalinks: slackPermalinks(slackOptions),
    draw: (chart, lost, summary) => chartImagesOf(chart, showing, lost, summary),
    attachChart: chartAttacher({
      series: stores.series,
      exclusions: stores.exclusions,
      productChanges: stores.productChanges,
      sends: stores.sends,
      profiles,
      isHoliday,
      ...showing,
      onLost: (error, { watch }) => {
        // While charts are switched off after a failure, each message meets the same error: log it once.
        if (error !== lastLost)
          log?.warn({ watch: watch.id, error: redact(String(error)), ...adviceOf(error) }, "picture.lost");
        lastLost = error;
      },
    }),
    reviewing: { ...(config.reviewAt ?? defaultReviewTime), zone },
    ops: { dailyStatusAt, zone, ...(channel && { channel }) },
    ...(channel && {
      alarm: opsAlarm({
        messenger: slackMessenger(slackOptions),
        renderer,
        channel,
        wallClock,
      }),
    }),
    ...(heartbeatUrl && { heartbeat: urlHeartbeat({ url: heartbeatUrl, clock }) }),
    whenUnsure: slack.whenUnsure,
    ...(slack.newChartImages && { newChartImages: slack.newChartImages }),
    discard(image) {
      const file = fileShownBy(image);
      if (file) void showing.chartUpload.takeDown(file);
    },
    editEvery: EDIT_EVERY,
    reminding: {
      every: config.remindEvery ?? defaultReminding.every,
      atMost: config.remindAtMost ?? defaultReminding.atMost,
    },
    wallClock,
    profiles,
    neighbours,
    timing,
    concurrency,
    clock,
  };
}

const isHoliday: Context["isHoliday"] = (bucket, { unit, zone, country }) =>
  dayKindOf(bucket, unit, zone, country) === "holiday";

/** How a workspace is read: a key in a file is read again before each request. */
const optionsOf = ({ apiKey, apiKeyFile, ...space }: WorkspaceConfig): BrazeOptions => ({
  ...space,
  apiKey: apiKeyFile ? keyFile(apiKeyFile, apiKey) : apiKey,
});

/** A workspace without its secrets. */
const workspaceOf = ({
  name,
  zone,
  companyZone,
  country,
  events,
  dashboard,
  quotaReserve,
  sends,
}: WorkspaceConfig): Workspace => ({
  name,
  zone,
  quotaReserve,
  ...(companyZone && { companyZone }),
  ...(sends && { sends }),
  ...(country && { country }),
  ...(events && { events }),
  ...(dashboard && { dashboard }),
});

const adviceOf = (error: unknown) =>
  error instanceof PermanentError || error instanceof TransientError ? { advice: error.advice } : {};
