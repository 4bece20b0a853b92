import type { Bot } from "../../src/bot.ts";
import type { Incident } from "../../src/core/incident.ts";
import { PermanentError, TransientError, type Trouble } from "../../src/errors.ts";
import type { Messenger } from "../../src/pipeline/ports/messages.ts";
import type { Metrics } from "./metrics.ts";

/** How the last message to Slack fared; undefined until one was sent. */
export interface SlackSight {
  last?: { readonly ok: true } | { readonly ok: false; readonly trouble: Trouble; readonly advice: string };
}

/** The same bot, with what passes its ports counted. */
export const metered = (bot: Bot, metrics: Metrics, slack: SlackSight): Bot => ({
  ...bot,
  journal: {
    ...bot.journal,
    async record(watchId, entries) {
      await bot.journal.record(watchId, entries);
      for (const { verdict } of entries) metrics.verdicts.inc({ kind: verdict });
    },
  },
  incidents: {
    ...bot.incidents,
    async save(incident) {
      const saved = await bot.incidents.save(incident);
      if (saved) countIncident(saved, metrics);
      return saved;
    },
  },
  messenger: meteredMessenger(bot.messenger, metrics, slack),
});

// An incident may be over by the first time that it is written.
function countIncident(saved: Incident, { opened, resolved }: Metrics): void {
  const { direction, severity } = saved;
  if (saved.version === 1) opened.inc({ direction, severity });
  // What follows its end is that it was told.
  if (saved.resolvedAt !== undefined && !saved.told?.resolved) resolved.inc({ direction });
}

function meteredMessenger(messenger: Messenger, { messages }: Metrics, slack: SlackSight): Messenger {
  const watched = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      const answered = await answer;
      slack.last = { ok: true };
      return answered;
    } catch (error) {
      if (error instanceof PermanentError || error instanceof TransientError)
        slack.last = { ok: false, trouble: error.trouble, advice: error.advice };
      throw error;
    }
  };
  return {
    ...messenger,
    async post(channel, message, options) {
      const ref = await watched(messenger.post(channel, message, options));
      messages.inc({ action: "posted" });
      return ref;
    },
    async update(ref, message, messageId) {
      const isThere = await watched(messenger.update(ref, message, messageId));
      if (isThere) messages.inc({ action: "edited" });
      return isThere;
    },
  };
}
