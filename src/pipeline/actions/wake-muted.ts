import { groupKeyOf } from "../../incidents/alert-group.ts";
import type { Incident } from "../../incidents/incident.ts";
import { hasNews } from "../../notifications/decide.ts";
import { isCovered, type MuteScope, scopeName } from "../../notifications/mute.ts";
import type { Instant } from "../../time/time.ts";
import { amend } from "../amend.ts";
import type { Context } from "../context.ts";

/** Queues the incidents that a mute suppressed, after it was changed or removed at `at`. Safe to repeat. */
export async function wakeMuted(scope: MuteScope, at: Instant, context: Context): Promise<void> {
  const { mutes, watches, incidents, outbox } = context;
  const isMuted = (await mutes.all()).some((mute) => scopeName(mute.scope) === scopeName(scope));
  for (const watch of (await watches.all()).filter((one) => isCovered(one, scope))) {
    const waiting = (await incidents.live(watch.id)).filter(hasNews);
    for (const incident of waiting) {
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
