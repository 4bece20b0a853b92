import { z } from "zod";
import type { SendFacts } from "../../pipeline/ports/braze.ts";
import type { SeriesRef } from "../../series/series.ts";
import { objectOf } from "./answers/answer.ts";
import { brazeClient } from "./client.ts";
import { type BrazeOptions, brazeConnection, type GetBraze } from "./connection.ts";
import { newestWindow } from "./window.ts";

const schema = z.object({ channels: z.array(z.string()) });

const endpoints = {
  campaign: { details: "/campaigns/details", query: "campaign_id", metric: "sends" },
  canvas: { details: "/canvas/details", query: "canvas_id", metric: "canvas-entries" },
} as const;

/** What else Braze knows of a send; each is a request and a permission of its own. */
export function brazeSendFacts(options: BrazeOptions, get: GetBraze = brazeConnection(options)): SendFacts {
  const { name: workspace, clock = Date.now } = options;
  const ask = brazeClient(options, get);
  return {
    async channels({ kind, id }) {
      const { details, query } = endpoints[kind];
      return objectOf(await get(details, { [query]: id }), schema).channels;
    },
    async audience({ kind, id }) {
      const series: SeriesRef = { workspace, metric: endpoints[kind].metric, item: id, unit: "day" };
      return (await ask(series, newestWindow(clock()))).at(-1)?.value;
    },
  };
}
