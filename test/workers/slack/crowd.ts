import { parentPort, workerData } from "node:worker_threads";
import { until } from "../../support/until.ts";
import { commandFields, startTypist } from "./typist.ts";

/** What a crowd that types all at once is to know. */
export interface CrowdOrder {
  readonly deduplicator: string;
  readonly texts: readonly string[];
}

/** How it went: how long each waited for the acknowledgement, and all together for the last answer, in milliseconds. */
export interface CrowdReport {
  readonly statuses: readonly number[];
  readonly waited: readonly number[];
  readonly answered: number;
  /** How many answers each got. */
  readonly answers: readonly number[];
}

const { deduplicator, texts } = workerData as CrowdOrder;
const typist = await startTypist(() => deduplicator);
const begun = performance.now();
const acknowledged = await Promise.all(
  texts.map(async (text, i) => {
    const sent = performance.now();
    const response = await typist.send({
      ...commandFields(text, `crowd-${i}`),
      response_url: typist.responseUrl(`crowd-${i}`),
    });
    await response.text();
    return { status: response.status, waited: performance.now() - sent };
  }),
);
await until(() => typist.answers.size === texts.length, "all answers");
parentPort!.postMessage({
  statuses: acknowledged.map(({ status }) => status),
  waited: acknowledged.map(({ waited }) => waited),
  answered: performance.now() - begun,
  answers: [...typist.answers.values()].map(({ length }) => length),
} satisfies CrowdReport);
await typist.close();
