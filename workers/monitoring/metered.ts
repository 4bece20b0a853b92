import type { Bot } from "../../src/bot.ts";
import { decorate } from "../../src/decorate.ts";
import { PermanentError, TransientError } from "../../src/errors.ts";
import type { KnownFailure } from "../../src/health/facts.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import type { Messenger } from "../../src/pipeline/ports/messages.ts";
import type { Metrics } from "./metrics.ts";

/** The result of the last message to Slack; undefined before the first. */
export interface SlackSight {
  last?: { readonly ok: true } | ({ readonly ok: false } & KnownFailure);
}

/** The same bot, with counters on its ports. */
export const metered = <Metered extends Pick<Bot, "journal" | "incidents" | "messenger">>(
  bot: Metered,
  metrics: Metrics,
  slack: SlackSight,
): Metered => ({
  ...bot,
  journal: decorate(bot.journal, {
    async record(call, _, entries) {
      await call();
      for (const { verdict } of entries) metrics.verdicts.inc({ kind: verdict });
    },
  }),
  incidents: decorate(bot.incidents, {
    async save(call, incident) {
      // No other write can come between the two: the write is refused unless it replaces this version.
      const before = await bot.incidents.byId(incident.id);
      const saved = await call();
      if (saved) countIncident(before, saved, metrics);
      return saved;
    },
  }),
  messenger: meteredMessenger(bot.messenger, metrics, slack),
});

const isOpen = (incident: Incident | undefined): boolean =>
  incident !== undefined && incident.resolvedAt === undefined;

// Only a write that changes the state is counted, because a resolved incident is written again when its end is posted
// or suppressed. An incident may be resolved at its first write.
function countIncident(before: Incident | undefined, saved: Incident, { opened, resolved }: Metrics): void {
  const { direction, severity } = saved;
  const [was, is] = [isOpen(before), isOpen(saved)];
  if (!was && (is || !before)) opened.inc({ direction, severity });
  if (!is && (was || !before)) resolved.inc({ direction });
}

function meteredMessenger(messenger: Messenger, { messages }: Metrics, slack: SlackSight): Messenger {
  const watched = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    try {
      const answer = await call();
      slack.last = { ok: true };
      return answer;
    } catch (error) {
      if (error instanceof PermanentError || error instanceof TransientError)
        slack.last = {
          ok: false,
          failure: error.failure,
          message: error.message,
          advice: error.advice,
          since: Date.now(),
        };
      throw error;
    }
  };
  return decorate(messenger, {
    async post(call) {
      const ref = await watched(call);
      messages.inc({ action: "posted" });
      return ref;
    },
    async update(call) {
      const isThere = await watched(call);
      if (isThere) messages.inc({ action: "edited" });
      return isThere;
    },
  });
}
