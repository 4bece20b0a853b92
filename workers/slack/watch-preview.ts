import { setTimeout as pause } from "node:timers/promises";
import type { WebClient } from "@slack/web-api";
import { answerOf } from "../../src/adapters/slack/views/watch-answer.ts";
import { type WatchModal, watchModal } from "../../src/adapters/slack/views/watch-modal.ts";
import { isOfSmallPool, poolRoom } from "../../src/pipeline/reports/pool-room.ts";
import { preview } from "../../src/pipeline/reports/preview.ts";
import { type Preview, summaryOf } from "../../src/reports/preview.ts";
import { HOUR } from "../../src/time/time.ts";
import type { SlackContext } from "./context.ts";
import { draw, type Shown } from "./draw.ts";
import { redraw } from "./forms.ts";
import { wordsFor } from "./reply.ts";
import { userGroups } from "./user-groups.ts";

/** A preview that is ready sooner than this is shown without a loading text. */
const AT_ONCE = 300;

/** A form that stays open longer may lose the picture of its preview. */
const FORM_SHOWN_FOR = HOUR;

/**
 * Updates the watch form with its preview: numbers as soon as they are known, then the chart. It stops once a later
 * choice updates the form.
 * @param shown the form, as the latest choice draws it
 */
export async function showPreview(
  client: WebClient,
  shown: Shown,
  modal: Omit<WatchModal, "preview">,
  context: SlackContext,
): Promise<void> {
  const { bot, log } = context;
  let now: Shown | undefined = shown;
  const [room, groups] = await Promise.all([roomFor(modal, context), groupsFor(modal, context)]);
  const viewWith = (preview: WatchModal["preview"]) => watchModal({ ...modal, ...room, ...groups, preview });
  const show = async (preview: WatchModal["preview"]) => {
    if (now) now = await redraw(client, now, viewWith(preview), log);
  };
  const work = previewFor(modal, context);
  const isLate = (await Promise.race([work.then(() => false), pause(AT_ONCE, true)])) === true;
  if (isLate) await show({ kind: "waiting" });
  const read = await work;
  if (typeof read === "string") return show({ kind: "impossible", why: read });
  await show({ kind: "counted", preview: read });
  if (!now || read.evaluatedWeeks === 0) return;
  const lost = (error: unknown) => log.warn({ error: String(error) }, "picture.lost");
  for (const chartImage of await bot.draw(read.chart, lost, summaryOf(read.chart))) {
    const preview = { kind: "drawn", preview: read, chartImage } as const;
    // Where Slack refuses a picture it may accept a simpler one. Without any, the numbers stay.
    const drawn = await draw(client, now, viewWith(preview), log);
    if (typeof drawn === "string") bot.discard(chartImage);
    // Slack does not say when a form is closed.
    else setTimeout(() => bot.discard(chartImage), FORM_SHOWN_FOR).unref();
    if (drawn !== "refused") return;
  }
}

/** How many more series fit in the pool of the watch, if it is a small one. */
async function roomFor(
  { form: { workspace, unit, metric, item, per } }: Pick<WatchModal, "form">,
  { bot }: SlackContext,
): Promise<Pick<WatchModal, "room">> {
  const ref = {
    workspace,
    unit,
    ...(metric && { metric }),
    ...(item !== undefined && { item }),
    ...(per && { per }),
  };
  return isOfSmallPool(ref) ? { room: await poolRoom(workspace, bot) } : {};
}

/** The user groups to choose an owner from, in the second step. */
async function groupsFor(
  { isAdvanced }: Pick<WatchModal, "isAdvanced">,
  context: SlackContext,
): Promise<Pick<WatchModal, "groups">> {
  const groups = isAdvanced && (await userGroups(context));
  return groups ? { groups } : {};
}

/** The preview of the watch, or why there is none. */
async function previewFor(
  { form, apps }: Omit<WatchModal, "preview">,
  { bot, log }: SlackContext,
): Promise<Preview | string> {
  const channel = form.channel ?? "C0000000";
  const answer = answerOf({ ...form, channel }, apps);
  if ("errors" in answer) return Object.values(answer.errors)[0] ?? "A field is missing.";
  const { zone, country } = answer.app ?? {};
  try {
    return await preview(answer.request, { ...(zone && { zone }), ...(country && { country }) }, bot);
  } catch (error) {
    return wordsFor(error, log);
  }
}
