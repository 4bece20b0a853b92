import { chartPng } from "../../adapters/chart/painter.ts";
import { findRedis } from "../../adapters/redis/server/find.ts";
import type { ObtainedRedis } from "../../adapters/redis/server/obtain.ts";
import { type Bot, createBot } from "../../bot.ts";
import type { Config } from "../../config/config.ts";
import { destinationOf } from "../../destinations.ts";
import type { Facts } from "../../health/facts.ts";
import { metricNameOf } from "../../metrics/metrics.ts";
import type { Route } from "../../notifications/route.ts";
import { channelsOf, takeSnapshot } from "../../pipeline/health/snapshot.ts";
import type { Clock } from "../../pipeline/ports/clock.ts";
import { partsOf } from "../../series/ratio.ts";
import type { Watch } from "../../settings/watch.ts";
import { counted } from "../../text/numbers.ts";
import { checkBraze } from "./braze.ts";
import { checkClock } from "./clock.ts";
import { checkConsole } from "./console.ts";
import { checkDestinations } from "./destinations.ts";
import { checkEnvironment } from "./environment.ts";
import { failureResult } from "./failure.ts";
import { checkChartImages } from "./pictures.ts";
import { checkStore } from "./redis.ts";
import { type CheckResult, failed, note, resultsOf, type Section } from "./result.ts";
import { checkSlack } from "./slack.ts";

const SLACK = "https://slack.com/api/";

/** Checks everything Tidewatch needs, one area after the other. Changes nothing. */
export async function* diagnose(
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock = Date.now,
  wallClock: Clock = Date.now,
): AsyncGenerator<Section> {
  const { results, config } = checkEnvironment(env);
  yield { title: "Environment", results };
  if (!config) return;

  const store = await lookIntoRedis(config, env.PATH, clock);
  const { watches, bot, facts } = store;
  try {
    yield { title: "Redis", results: store.results };
    for (const workspace of config.workspaces) {
      const ofIt = watches
        .flatMap(({ series }) => partsOf(series) ?? [series])
        .filter((one) => one.workspace === workspace.name);
      const byHour = ofIt.filter(({ unit }) => unit === "hour");
      const series =
        byHour.find((one) => metricNameOf(one) === "sessions") ??
        byHour[0] ??
        ({ workspace: workspace.name, unit: "hour" } as const);
      const subject = { series, watched: ofIt, clock, ...(bot && { stored: bot.series }) };
      const title = config.workspaces.length > 1 ? `Braze, workspace ${workspace.name}` : "Braze";
      yield { title, results: await checkBraze(workspace, config, subject) };
    }
    const unconfigured = unconfiguredResults(watches, config);
    if (unconfigured.length > 0) yield { title: "Workspaces", results: unconfigured };
    if (facts && watches.length > 0) yield { title: "Series", results: recordedResults(facts) };
    const channels = facts?.channels ?? channelsOf([], config.ops?.channel);
    const permissions = await bot?.permissions.get().catch(() => undefined);
    yield { title: "Slack", results: await checkSlack(config, channels, clock(), permissions) };
    yield { title: "Console", results: await checkConsole(config, bot?.slackConnections, clock()) };
    const destinations = (config.destinations ?? []).map((one) => destinationOf(one, wallClock));
    const routes = [...(config.routes ?? []), ...store.routes];
    if (destinations.length + routes.length > 0)
      yield { title: "Destinations", results: await checkDestinations(destinations, routes, clock()) };
    yield { title: "Pictures", results: await checkChartImages(chartPng) };
    yield { title: "Clock", results: await clocks(config, wallClock) };
  } finally {
    // An open connection would keep the command from exiting.
    await store.close();
  }
}

/** The health checks of what a running bot recorded; those of a neighbour run on what the doctor saw itself. */
const recorded = ["quota", "refused", "late", "not-evaluated", "behind", "message"] as const;

const recordedResults = (facts: Facts): CheckResult[] => recorded.flatMap((kind) => resultsOf(kind, facts));

interface Store {
  readonly results: readonly CheckResult[];
  readonly watches: readonly Watch[];
  readonly routes: readonly Route[];
  readonly bot?: Bot;
  readonly facts?: Facts;
  close(): Promise<void>;
}

async function lookIntoRedis(config: Config, path: string | undefined, clock: Clock): Promise<Store> {
  const lines: string[] = [];
  let found: ObtainedRedis;
  try {
    found = await findRedis(config.redisUrl, path, (line) => lines.push(line));
  } catch (error) {
    return { results: [failureResult(error)], watches: [], routes: [], close: async () => {} };
  }
  const { results, redis } = await checkStore(found.url);
  const notes = [note(`Redis is ${found.how}`), ...lines.map((line) => note(line))];
  if (!redis) return { results: [...notes, ...results], watches: [], routes: [], close: found.stop };

  const damaged: CheckResult[] = [];
  const bot = createBot(config, redis, {
    clock,
    log: {
      warn: (fields: unknown, event?: string) => {
        const { problem: what, advice } = fields as { problem: string; advice: string };
        if (event !== "redis.damaged") return;
        damaged.push(...resultsOf("redis.data", { damage: { what, advice, since: clock() } }, true));
      },
    },
  });
  const stored = await storedIn(bot);
  return {
    ...stored,
    bot,
    results: [...notes, ...results, ...stored.results, ...damaged],
    async close() {
      redis.disconnect();
      await found.stop();
    },
  };
}

async function storedIn(bot: Bot): Promise<Pick<Store, "watches" | "routes" | "facts" | "results">> {
  try {
    const [watches, routes] = await Promise.all([bot.watches.all(), bot.routes.all()]);
    // A server that forbids this is no error of what is stored.
    const memory = () => bot.memory().catch(() => ({ used: 0, limit: 0 }));
    const facts = await takeSnapshot({ ...bot, memory }, await bot.healthIssues.all());
    const advice =
      watches.length === 0 ? "Add one: /tidewatch watch in Slack, or npm run watch -- add." : undefined;
    const results = [...resultsOf("redis", facts), note(counted(watches.length, "watch"), advice)];
    return { watches, routes, facts, results };
  } catch (error) {
    return { watches: [], routes: [], results: [failureResult(error)] };
  }
}

/** Watches whose workspace is not configured. */
const unconfiguredResults = (watches: readonly Watch[], { workspaces }: Config): CheckResult[] =>
  watches
    .filter(({ series }) => !workspaces.some(({ name }) => name === series.workspace))
    .map(({ id, series }) =>
      failed(
        `${id} watches the workspace ${series.workspace}, which is not configured`,
        `Name it in BRAZE_WORKSPACE, with its key, or remove the watch: npm run watch -- remove ${id}.`,
      ),
    );

const clocks = ({ workspaces, slack }: Config, wallClock: Clock): Promise<CheckResult[]> =>
  Promise.all([
    ...[...new Set(workspaces.map(({ endpoint }) => endpoint))].map((endpoint) =>
      checkClock("Braze", endpoint, wallClock),
    ),
    checkClock("Slack", new URL("api.test", slack.apiUrl ?? SLACK).href, wallClock),
  ]);
