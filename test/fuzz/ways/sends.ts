import { brazeLastSends } from "../../../src/adapters/braze/last-sends.ts";
import { brazeSendFacts } from "../../../src/adapters/braze/send-facts.ts";
import { brazeSends } from "../../../src/adapters/braze/sends.ts";
import { DAY } from "../../../src/time/time.ts";
import type { Dice } from "../dice.ts";
import { hostileJson, hostileText, mutateJson } from "../hostile.ts";
import { holds, refusedOrLater, type Way } from "../way.ts";

const now = Date.UTC(2026, 5, 3, 13, 20);
const options = { name: "main", endpoint: "https://braze.test", apiKey: "key", clock: () => now };

const listed = { id: "0-1", name: "Sale", tags: [], last_edited: "2026-06-03T11:00:00+00:00" };
const samples: Readonly<Record<string, object>> = {
  "/messages/scheduled_broadcasts": {
    scheduled_broadcasts: [
      { ...listed, type: "Campaign", next_send_time: "2026-06-03T15:00:00", schedule_type: "UTC" },
      { ...listed, id: "1-1", type: "Canvas", next_send_time: "2026-06-04T09:00:00Z" },
    ],
  },
  "/campaigns/list": { campaigns: [listed] },
  "/canvas/list": { canvases: [listed] },
  "/campaigns/details": {
    schedule_type: "time_based",
    channels: ["email"],
    last_sent: "2026-06-03T12:30:00+00:00",
  },
  "/canvas/details": { schedule_type: "time_based", channels: [], last_entry: null },
  "/campaigns/data_series": { data: [{ time: "2026-06-03", messages: { email: [{ sent: 12 }] } }] },
};

/** An answer as Braze sends it, or nearly. */
function bodyOf(path: string, dice: Dice): string {
  if (dice.chance(0.15)) return hostileJson(dice);
  const sample = { message: "success", ...samples[path] };
  if (dice.chance(0.5)) return JSON.stringify(sample);
  const mutated = mutateJson(sample, dice);
  return dice.chance(0.2) ? mutated.replace("Sale", hostileText(dice, 3)) : mutated;
}

export const sends: Way = {
  name: "sends",
  what: "answers of Braze about what it sends and sent",
  share: 20_000,
  open: () => ({
    async strike(dice) {
      const get = async (path: string) => bodyOf(path, dice);
      const planned = await refusedOrLater(brazeSends(options, get));
      const last = await refusedOrLater(() => brazeLastSends(options, get)(now - DAY, 8));
      for (const { id, name, time } of [...(planned ?? []), ...(last ?? [])])
        holds(id !== "" && name !== "" && Number.isFinite(time), "a send without id, name or time");
      for (const { time } of last ?? []) holds(time >= now - DAY, "an old send was taken for a new one");
      const send = {
        id: "0-1",
        name: "Sale",
        kind: "campaign",
        time: now,
        scope: { workspace: "main" },
      } as const;
      const { channels, audience } = brazeSendFacts(options, get);
      const known = await refusedOrLater(() => channels(send));
      holds(
        known === undefined || known.every((one) => typeof one === "string"),
        "a channel that is no text",
      );
      const sent = await refusedOrLater(() => audience(send));
      holds(sent === undefined || (Number.isInteger(sent) && sent >= 0), `${sent} people`);
      return planned === undefined || last === undefined || known === undefined;
    },
  }),
};
