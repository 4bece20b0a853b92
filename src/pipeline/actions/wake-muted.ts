import { groupKeyOf } from "../../incidents/alert-group.ts";
import type { Incident } from "../../incidents/incident.ts";
import { hasNews } from "../../notifications/decide.ts";
import { isCovered, scopeName } from "../../notifications/mute.ts";
import type { Changed } from "../../settings/change.ts";
import type { Instant } from "../../time/time.ts";
import { amend } from "../amend.ts";
import type { Context } from "../context.ts";

/**
 * Queues the incidents of a mute, after it was added, changed or removed at `at`: those that it suppressed, and those
 * whose message shows it. Safe to repeat.
 */
export async function wakeMuted(
  { scope, before }: Pick<Extract<Changed, { kind: "mute" }>, "scope" | "before">,
  at: Instant,
  context: Context,
): Promise<void> {
  const { mutes, watches, incidents, outbox } = context;
  const isMuted = (await mutes.all()).some((mute) => scopeName(mute.scope) === scopeName(scope));
  for (const watch of (await watches.all()).filter((one) => isCovered(one, scope))) {
    const isConcerned = (one: Incident) => one.lastNotified !== undefined || (before && hasNews(one));
    for (const incident of (await incidents.live(watch.id)).filter(isConcerned)) {
      if (!isMuted) await amend(incidents, incident.id, (now) => endMute(now, at));
      await outbox.add(incident.id, groupKeyOf(watch, incident));
    }
  }
}

// If a wider mute applies, the next notify records that.
const endMute = (incident: Incident, until: Instant): Incident => {
  const { suppressed } = incident;
  const isMuteOf = suppressed?.because === "muted" && suppressed.at <= until && suppressed.until !== until;
  return isMuteOf ? { ...incident, suppressed: { ...suppressed, until } } : incident;
};
