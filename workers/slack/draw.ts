import { setTimeout as pause } from "node:timers/promises";
import type { ModalView } from "@slack/types";
import { WebAPIRateLimitedError, type WebClient } from "@slack/web-api";
import { consequenceOf } from "../../src/adapters/slack/client/error-table.ts";
import { codeOf } from "../../src/adapters/slack/client/errors.ts";
import type { Log } from "../../src/log.ts";
import { SECOND } from "../../src/time/time.ts";
import { messageOf } from "./failure.ts";
import { inTurn } from "./in-turn.ts";

/** A view that is shown, and its last known state. */
export interface Shown {
  readonly id: string;
  readonly hash?: string;
  /** Whether no later interaction draws the view. */
  readonly isLatest?: () => boolean;
}

/** A view that Slack is about to show because of an acknowledgement. */
export interface Coming {
  readonly externalId: string;
}

/**
 * The result of an update of a view: `gone` when somebody closed it or another choice updated it meanwhile, `refused`
 * when Slack refused the content, `lost` when Slack could not be reached.
 */
export type Drawn = Shown | "gone" | "refused" | "lost";

/** The pauses between attempts while Slack is unreachable, in milliseconds. */
const PAUSES = [250, 500, SECOND, 2 * SECOND, 4 * SECOND, 8 * SECOND];

/** No rate limit for views lasts longer than this. */
const LONGEST_PAUSE = 30 * SECOND;

/** How long an expected view may take to appear. */
const COMES_WITHIN = 3 * SECOND;

/** Updates a view, with retries while Slack is unreachable or rate-limits. */
export async function draw(
  client: WebClient,
  place: Shown | Coming,
  view: ModalView,
  log: Pick<Log, "debug" | "warn">,
): Promise<Drawn> {
  const begun = performance.now();
  const isComing = () => "externalId" in place && performance.now() - begun < COMES_WITHIN;
  for (const usual of [...PAUSES, undefined]) {
    try {
      return (await update(client, place, view)) ?? "gone";
    } catch (error) {
      const code = codeOf(error);
      if (code === "hash_conflict" || (code === "not_found" && !isComing())) {
        log.debug({ error: messageOf(error) }, "console.modal-gone");
        return "gone";
      }
      if (isRefusal(error) && code !== "not_found") {
        log.warn({ error: messageOf(error), view: view.callback_id }, "console.modal-refused");
        return "refused";
      }
      if (usual === undefined) log.warn({ error: messageOf(error) }, "console.modal-lost");
      else await pause(pauseAfter(error, usual));
    }
  }
  return "lost";
}

/** One view is updated in turn: of two updates under way at once, Slack keeps the one that arrives last. */
function update(client: WebClient, place: Shown | Coming, view: ModalView): Promise<Shown | undefined> {
  const send = async () => shownBy(await client.views.update({ ...placeOf(place), view }));
  if ("externalId" in place) return send();
  const { id, isLatest = () => true } = place;
  return inTurn(id, async () => {
    const shown = isLatest() ? await send() : undefined;
    return shown && { ...shown, isLatest };
  });
}

/** Whether Slack read the content and refused it: the same content will be refused again. */
export function isRefusal(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return false;
  const consequence = consequenceOf(code);
  return consequence !== "wait" && consequence !== "unsure";
}

/** The view that a response says is shown now. */
export const shownBy = ({ view }: { view?: { id?: string; hash?: string } }): Shown | undefined =>
  view?.id ? { id: view.id, ...(view.hash && { hash: view.hash }) } : undefined;

const placeOf = (place: Shown | Coming) =>
  "externalId" in place
    ? { external_id: place.externalId }
    : { view_id: place.id, ...(place.hash && { hash: place.hash }) };

const pauseAfter = (error: unknown, usual: number): number =>
  error instanceof WebAPIRateLimitedError ? Math.min(LONGEST_PAUSE, error.retryAfter * SECOND) : usual;
