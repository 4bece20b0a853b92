import { setTimeout as pause } from "node:timers/promises";
import type { FilesGetUploadURLExternalResponse, WebClient } from "@slack/web-api";
import { request } from "undici";
import { PermanentError, TransientError } from "../../../errors.ts";
import { metricNameOf } from "../../../metrics/metrics.ts";
import type { ChartUpload } from "../../../pipeline/ports/charts.ts";
import type { Clock } from "../../../pipeline/ports/clock.ts";
import type { ChartData } from "../../../reports/chart.ts";
import { chartWords } from "../../../text/chart.ts";
import { bucketName, HOUR } from "../../../time/time.ts";
import { type ClientOptions, slackClient } from "./client.ts";
import { codeOf, slackError } from "./errors.ts";

/** How long uploads pause after Slack refuses them. People add a missing scope by hand. */
const CLOSED_FOR = HOUR;
/** The first and the longest wait for a file to become ready. */
const [FIRST_WAIT, LONGEST_WAIT] = [100, 1_600];
const LONGEST_ALT = 1_000;

export interface ChartUploadOptions extends ClientOptions {
  readonly clock?: Clock;
}

/** Uploads pictures as Slack files without a channel, so that only the message that names a file shows it. */
export function slackChartUpload(options: ChartUploadOptions): ChartUpload {
  const client = slackClient(options);
  const clock = options.clock ?? Date.now;
  let wasKept = false;
  let closed: { readonly until: number; readonly error: Error } | undefined;
  return {
    async hang(png, chart, signal) {
      if (closed && clock() < closed.until) throw closed.error;
      try {
        return await within(signal, upload(client, png, chart, signal, options.apiUrl));
      } catch (error) {
        const pause = pauseAfter(error);
        if (pause > 0 && error instanceof Error) closed = { until: clock() + pause, error };
        throw error;
      }
    },
    async takeDown(file) {
      try {
        await client.files.delete({ file });
        wasKept = false;
      } catch (error) {
        if (GONE.has(codeOf(error) ?? "")) return;
        const { message, advice } = slackError(error, { method: "files.delete", channel: "a chart" });
        // Every deletion fails in the same way until the permission is granted, so only the first is logged.
        if (!wasKept) options.log?.warn({ error: message, advice }, "picture.kept");
        wasKept = true;
      }
    },
  };
}

/** Slack's codes for a file that somebody already deleted. */
const GONE: ReadonlySet<string> = new Set(["file_deleted", "file_not_found"]);

/** How long uploads pause after a failure that the next picture would repeat. */
function pauseAfter(error: unknown): number {
  if (error instanceof TransientError) return error.retryAfter ?? 0;
  return error instanceof PermanentError ? CLOSED_FOR : 0;
}

async function upload(
  client: WebClient,
  png: Uint8Array,
  chart: ChartData,
  signal: AbortSignal,
  apiUrl: string | undefined,
): Promise<string> {
  const title = nameOf(chart);
  // Slack's client would send the text as alt_text, which Slack's reference does not list.
  const place = await asked("files.getUploadURLExternal", (method) =>
    client.apiCall(method, {
      filename: `${title}.png`,
      length: png.length,
      alt_txt: Array.from(chartWords(chart)).slice(0, LONGEST_ALT).join(""),
    }),
  );
  const { file_id: id, upload_url: address } = place as FilesGetUploadURLExternalResponse;
  if (typeof id !== "string" || !isSlacks(address, apiUrl)) throw refused("no place to put it");
  await put(png, address, signal);
  await asked("files.completeUploadExternal", () =>
    client.files.completeUploadExternal({ files: [{ id, title }] }),
  );

  // Slack continues to process the file after the upload, and refuses a message that names it too early.
  for (let wait = FIRST_WAIT; ; wait = Math.min(LONGEST_WAIT, 2 * wait)) {
    const { file } = await asked("files.info", () => client.files.info({ file: id }));
    if (file?.mimetype) return id;
    await pause(wait, undefined, { signal });
  }
}

/** Slack's upload hosts, including its separate government host. */
const UPLOAD_ORIGINS: readonly string[] = ["https://files.slack.com", "https://files.slack-gov.com"];

/** Whether an address is one of Slack's upload hosts, or the configured stand-in. Pictures are sent nowhere else. */
function isSlacks(address: unknown, apiUrl: string | undefined): address is string {
  const url = typeof address === "string" ? URL.parse(address) : null;
  if (!url) return false;
  return (
    UPLOAD_ORIGINS.includes(url.origin) || (apiUrl !== undefined && url.origin === URL.parse(apiUrl)?.origin)
  );
}

async function put(png: Uint8Array, address: string, signal: AbortSignal): Promise<void> {
  try {
    const { statusCode, body } = await request(address, { method: "POST", body: png, signal });
    await body.dump();
    if (statusCode !== 200) throw refused(`HTTP ${statusCode}`);
  } catch (error) {
    if (error instanceof TransientError) throw error;
    const { code, name } = error as NodeJS.ErrnoException;
    throw refused(code ?? name);
  }
}

async function asked<Answer>(method: string, ask: (method: string) => Promise<Answer>): Promise<Answer> {
  try {
    return await ask(method);
  } catch (error) {
    throw slackError(error, { method, channel: "a chart", readOnly: true });
  }
}

const refused = (why: string) =>
  new TransientError(`Slack refused a chart: ${why}`, {
    failure: "slack-unreachable",
    advice: "Nothing to do: the message was sent without its picture, and the next edit tries again.",
  });

/** Slack's client cannot be interrupted, so this only stops waiting for its response. */
async function within<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(refused("it took longer than it may"));
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", stop);
    work.catch(() => {});
  }
}

const nameOf = ({ points, unit, series = {} }: ChartData): string =>
  `${metricNameOf(series)}-${bucketName(points.at(-1)?.bucket ?? 0, unit)}`;
