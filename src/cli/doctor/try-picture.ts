import { setTimeout as pause } from "node:timers/promises";
import type { KnownBlock } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { chartPng } from "../../adapters/chart/painter.ts";
import { slackChartUpload } from "../../adapters/slack/client/chart-upload.ts";
import { slackClient } from "../../adapters/slack/client/client.ts";
import { slackError } from "../../adapters/slack/client/errors.ts";
import { slackChartImages } from "../../adapters/slack/messages/chart-images.ts";
import type { Config } from "../../config/config.ts";
import type { Environment } from "../../config/secrets.ts";
import type { ChartUpload, Painter } from "../../pipeline/ports/charts.ts";
import type { ChartData } from "../../reports/chart.ts";
import { DAY, HOUR, SECOND } from "../../time/time.ts";
import { checkEnvironment } from "./environment.ts";
import { failureResult } from "./failure.ts";
import { type CheckResult, failed, note, passed, type Section, unknown } from "./result.ts";

const TEXT = "Tidewatch tries how this Slack shows pictures. This is a sample: it goes again by itself.";
/** How long an upload may take. */
const UPLOAD_WITHIN = 20 * SECOND;

/** The channel and the timeouts of the trial. */
export interface Trial {
  readonly channel: string;
  readonly paint: Painter;
  /** How long Slack may take to record that a file is shown, in milliseconds. @default 5_000 */
  readonly shareTimeout?: number;
}

/** The trial as sections of the doctor, with the settings of an environment. */
export async function* tryChartImageIn(channel: string, env: Environment): AsyncGenerator<Section> {
  const { results, config } = checkEnvironment(env);
  yield { title: "Environment", results };
  if (config) yield { title: "Pictures", results: await tryChartImage(config, { channel, paint: chartPng }) };
}

/**
 * Finds out whether an edit that names a newly uploaded file shows its picture: posts a sample message, edits it, asks
 * Slack where it shows both files, and deletes everything again.
 */
export async function tryChartImage(
  { slack }: Pick<Config, "slack">,
  { channel, paint, shareTimeout = 5 * SECOND }: Trial,
): Promise<CheckResult[]> {
  if (!/^[CG][A-Z0-9]{6,}$/.test(channel))
    return [
      failed(
        `${channel} is not a channel id`,
        "Copy it from the channel's details in Slack, such as C0123456789.",
      ),
    ];
  const client = slackClient(slack);
  const kept: CheckResult[] = [];
  const chartUpload = slackChartUpload({
    ...slack,
    log: { warn: ({ error }: { error?: string }) => void kept.push(note(`a sample file stays: ${error}`)) },
  });
  const sample = { client, chartUpload, channel, paint, shareTimeout };
  const files: string[] = [];
  let ts: string | undefined;
  const results: CheckResult[] = [];
  try {
    const first = await hangSample(sample, 1, files);
    ({ ts } = await asked("chat.postMessage", channel, () =>
      client.chat.postMessage({ channel, text: TEXT, blocks: first.blocks }),
    ));
    const second = await hangSample(sample, 2, files);
    await asked("chat.update", channel, () =>
      client.chat.update({ channel, ts: ts!, text: TEXT, blocks: second.blocks }),
    );
    const isNamed = await namesStill(client, channel, ts!, second.id);
    const [ofPost, ofEdit] = [await sightOf(sample, first.id), isNamed && (await sightOf(sample, second.id))];
    results.push(verdict(ofPost, ofEdit, slack.newChartImages));
  } catch (error) {
    results.push(failureResult(error));
  } finally {
    if (ts) results.push(...(await removed(client, channel, ts)));
    for (const file of files) await chartUpload.takeDown(file);
  }
  return [...results, ...kept];
}

interface Sample extends Required<Trial> {
  readonly client: WebClient;
  readonly chartUpload: ChartUpload;
}

async function hangSample({ chartUpload, paint }: Sample, n: number, files: string[]) {
  const chart = sampleChart(n);
  const id = await chartUpload.hang(await paint(chart), chart, AbortSignal.timeout(UPLOAD_WITHIN));
  files.push(id);
  const words = { type: "section", text: { type: "mrkdwn", text: TEXT } };
  return { id, blocks: [words, slackChartImages().image(id, chart)] as unknown as KnownBlock[] };
}

const sampleChart = (n: number): ChartData => ({
  title: [`Sample ${n}`],
  unit: "hour",
  zone: "UTC",
  points: [1, 2, 3].map((i) => ({ bucket: DAY + i * HOUR, observed: i * n })),
  incidents: [],
  holidays: [],
});

/** Whether the message, read back, contains a file; true where reading is not permitted. */
async function namesStill(client: WebClient, channel: string, ts: string, file: string): Promise<boolean> {
  const span = { oldest: ts, latest: ts, inclusive: true, limit: 1 };
  const page = await client.conversations.history({ channel, ...span }).catch(() => undefined);
  const blocks = page?.messages?.find((message) => message.ts === ts)?.blocks;
  return blocks === undefined || JSON.stringify(blocks).includes(file);
}

/** Whether Slack says that it shows a file in the channel, asked until it does. */
async function sightOf({ client, channel, shareTimeout }: Sample, id: string): Promise<boolean> {
  const until = performance.now() + shareTimeout;
  for (;;) {
    const { file } = await asked("files.info", channel, () => client.files.info({ file: id }));
    const { public: open = {}, private: closed = {} } = (file?.shares ?? {}) as Record<
      string,
      object | undefined
    >;
    const places = [
      ...Object.keys(open),
      ...Object.keys(closed),
      ...(file?.channels ?? []),
      ...(file?.groups ?? []),
    ];
    if (places.includes(channel)) return true;
    if (performance.now() >= until) return false;
    await pause(Math.min(SECOND, shareTimeout));
  }
}

/** The conclusion from where Slack shows the picture of the post and that of the edit. */
function verdict(
  ofPost: boolean,
  ofEdit: boolean,
  set: Config["slack"]["newChartImages"] = "thread",
): CheckResult {
  if (!ofPost)
    return unknown(
      "Slack does not report where it shows a picture, not even for a new message",
      "Leave SLACK_NEW_PICTURES=thread, which brings newer pictures in messages of their own.",
    );
  const fits = ofEdit ? "edit" : "thread";
  const what = ofEdit
    ? "an edit that names a newly uploaded file shows its picture here"
    : "an edit that names a newly uploaded file shows no picture here, though Slack accepts it";
  if (set === fits) return passed(`${what}: SLACK_NEW_PICTURES=${set} fits`);
  return ofEdit
    ? note(
        what,
        "SLACK_NEW_PICTURES=edit may be set: then alerts show their newest picture, and none comes in the thread.",
      )
    : failed(what, "Set SLACK_NEW_PICTURES=thread: else alerts lose their picture with the first edit.");
}

async function removed(client: WebClient, channel: string, ts: string): Promise<CheckResult[]> {
  try {
    await asked("chat.delete", channel, () => client.chat.delete({ channel, ts }));
    return [];
  } catch (error) {
    return [note(`the sample message stays: ${(error as Error).message}`, "Delete it by hand.")];
  }
}

async function asked<Answer>(method: string, channel: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw slackError(error, { method, channel, readOnly: method === "files.info" });
  }
}
