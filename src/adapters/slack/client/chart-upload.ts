import { setTimeout as pause } from "node:timers/promises";
import type { WebClient } from "@slack/web-api";
import { PermanentError, TransientError } from "../../../errors.ts";
import { metricNameOf } from "../../../metrics/metrics.ts";
import type { ChartUpload } from "../../../pipeline/ports/charts.ts";
import type { Clock } from "../../../pipeline/ports/clock.ts";
import type { ChartData } from "../../../reports/chart.ts";
import { chartWords } from "../../../text/chart.ts";
import { bucketName, HOUR } from "../../../time/time.ts";
import { type ClientOptions, slackClient } from "./client.ts";
import { codeOf, slackError } from "./errors.ts";
import { slackAnswer, type Uploaded, uploadFile, uploadRefused } from "./upload-file.ts";

/** How long uploads pause after Slack refuses them. People add a missing scope by hand. */
const CLOSED_FOR = HOUR;
/** The first and the longest wait for a file to become ready. */
const [FIRST_WAIT, LONGEST_WAIT] = [100, 1_600];
const LONGEST_ALT = 1_000;

const CHART: Uploaded = {
  name: "a chart",
  advice: "Nothing to do: the message was sent without its picture, and the next edit tries again.",
};

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
  const id = await uploadFile(
    client,
    {
      filename: `${title}.png`,
      title,
      bytes: png,
      alt: Array.from(chartWords(chart)).slice(0, LONGEST_ALT).join(""),
    },
    { apiUrl, signal, what: CHART },
  );

  // Slack continues to process the file after the upload, and refuses a message that names it too early.
  for (let wait = FIRST_WAIT; ; wait = Math.min(LONGEST_WAIT, 2 * wait)) {
    const { file } = await slackAnswer({ method: "files.info", channel: CHART.name, readOnly: true }, () =>
      client.files.info({ file: id }),
    );
    if (file?.mimetype) return id;
    await pause(wait, undefined, { signal });
  }
}

/** Slack's client cannot be interrupted, so this only stops waiting for its response. */
async function within<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(uploadRefused(CHART, "it took longer than it may"));
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
