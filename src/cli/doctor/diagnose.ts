import { chartPng } from "../../adapters/chart/painter.ts";
import { findRedis } from "../../adapters/redis/server/find.ts";
import type { ObtainedRedis } from "../../adapters/redis/server/obtain.ts";
import { redisStores } from "../../adapters/redis/stores.ts";
import type { Config } from "../../config/config.ts";
import type { Clock } from "../../pipeline/ports/clock.ts";
import type { SlackConnectionStore } from "../../pipeline/ports/console.ts";
import type { SeriesStore } from "../../pipeline/ports/series.ts";
import type { WatchStore } from "../../pipeline/ports/watches.ts";
import type { Watch } from "../../settings/watch.ts";
import { counted } from "../../text/numbers.ts";
import { checkBraze } from "./braze.ts";
import { checkClock } from "./clock.ts";
import { checkConsole } from "./console.ts";
import { checkEnvironment } from "./environment.ts";
import { failureFinding } from "./failure.ts";
import { type Finding, note, type Section, unseen, wrong } from "./finding.ts";
import { checkChartImages } from "./pictures.ts";
import { checkStore } from "./redis.ts";
import { checkSlack } from "./slack.ts";

const SLACK = "https://slack.com/api/";

/** Checks everything Tidewatch needs, one area after the other. Changes nothing. */
export async function* diagnose(
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock = Date.now,
  wallClock: Clock = Date.now,
): AsyncGenerator<Section> {
  const { findings, config } = checkEnvironment(env);
  yield { title: "Environment", findings };
  if (!config) return;

  const store = await lookIntoRedis(config, env.PATH);
  try {
    yield { title: "Redis", findings: store.findings };
    for (const workspace of config.workspaces) {
      const ofIt = store.watches
        .map(({ series }) => series)
        .filter((one) => one.workspace === workspace.name);
      const series = ofIt.find(({ unit }) => unit === "hour") ?? { workspace: workspace.name, unit: "hour" };
      const patient = { series, clock, ...(store.series && { stored: store.series }) };
      const title = config.workspaces.length > 1 ? `Braze, workspace ${workspace.name}` : "Braze";
      yield { title, findings: await checkBraze(workspace, config, patient) };
    }
    const homeless = unconfiguredFindings(store.watches, config);
    if (homeless.length > 0) yield { title: "Workspaces", findings: homeless };
    const channels = store.watches.map(({ channel }) => channel);
    yield { title: "Slack", findings: await checkSlack(config, channels) };
    yield { title: "Console", findings: await checkConsole(config, store.slackConnections) };
    yield { title: "Pictures", findings: await checkChartImages(chartPng) };
    yield { title: "Clock", findings: await clocks(config, wallClock) };
  } finally {
    // An open connection would keep the command from exiting.
    await store.close();
  }
}

interface Store {
  readonly findings: readonly Finding[];
  readonly watches: readonly Watch[];
  readonly series?: SeriesStore;
  readonly slackConnections?: SlackConnectionStore;
  close(): Promise<void>;
}

async function lookIntoRedis({ redisUrl }: Config, path: string | undefined): Promise<Store> {
  const lines: string[] = [];
  let found: ObtainedRedis;
  try {
    found = await findRedis(redisUrl, path, (line) => lines.push(line));
  } catch (error) {
    return { findings: [failureFinding(error)], watches: [], close: async () => {} };
  }
  const { findings, redis } = await checkStore(found.url);
  const notes = [note(`Redis is ${found.how}`), ...lines.map((line) => note(line))];
  if (!redis) return { findings: [...notes, ...findings], watches: [], close: found.stop };

  const damaged: Finding[] = [];
  const stores = redisStores(redis, {
    report: ({ message, advice }) => damaged.push(unseen(message, advice)),
  });
  const { watches, finding } = await watchesIn(stores.watches);
  return {
    findings: [...notes, ...findings, finding, ...damaged],
    watches,
    series: stores.series,
    slackConnections: stores.slackConnections,
    async close() {
      redis.disconnect();
      await found.stop();
    },
  };
}

async function watchesIn(
  store: Pick<WatchStore, "all">,
): Promise<{ watches: readonly Watch[]; finding: Finding }> {
  try {
    const watches = await store.all();
    const advice =
      watches.length === 0 ? "Add one: /tidewatch watch in Slack, or npm run watch -- add." : undefined;
    return { watches, finding: note(counted(watches.length, "watch"), advice) };
  } catch (error) {
    return { watches: [], finding: failureFinding(error) };
  }
}

/** Watches whose workspace is not configured. */
const unconfiguredFindings = (watches: readonly Watch[], { workspaces }: Config): Finding[] =>
  watches
    .filter(({ series }) => !workspaces.some(({ name }) => name === series.workspace))
    .map(({ id, series }) =>
      wrong(
        `${id} watches the workspace ${series.workspace}, which is not configured`,
        `Name it in BRAZE_WORKSPACE, with its key, or remove the watch: npm run watch -- remove ${id}.`,
      ),
    );

const clocks = ({ workspaces, slack }: Config, wallClock: Clock): Promise<Finding[]> =>
  Promise.all([
    ...[...new Set(workspaces.map(({ endpoint }) => endpoint))].map((endpoint) =>
      checkClock("Braze", endpoint, wallClock),
    ),
    checkClock("Slack", new URL("api.test", slack.apiUrl ?? SLACK).href, wallClock),
  ]);
