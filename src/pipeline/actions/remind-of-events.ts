import { type Announcement, announcementsDue } from "../../notifications/event-reminder.ts";
import { seriesId } from "../../series/series.ts";
import { eachAlone } from "../notifying/each-alone.ts";
import { type PostDeps, postOnce } from "../notifying/idempotent-post.ts";
import type { Clock } from "../ports/clock.ts";
import type { Message } from "../ports/messages.ts";
import type { Profiles } from "../ports/profiles.ts";
import type { WatchStore } from "../ports/watches.ts";

export interface HeraldDeps extends PostDeps {
  readonly watches: Pick<WatchStore, "all">;
  readonly profiles: Profiles;
  readonly clock: Clock;
  /** Turns an announcement into a message; pure. */
  readonly announcementRenderer: (announcement: Announcement) => Message;
  /** Writes people by their names instead of calling them. */
  readonly unpinged?: (message: Message) => Promise<Message>;
}

/** The planned events that are to be made known by now, and were not yet. */
export async function unheralded({
  watches,
  profiles,
  clock,
  ledger,
}: Omit<HeraldDeps, "announcementRenderer">): Promise<Announcement[]> {
  const [all, profileOf] = await Promise.all([watches.all(), profiles()]);
  const watched = all.map((watch) => ({ watch, events: profileOf(seriesId(watch.series)).events ?? [] }));
  const due = announcementsDue(watched, clock());
  const entries = await Promise.all(due.map(({ id }) => ledger.entry(id)));
  return due.filter((_, i) => entries[i]?.state !== "sent");
}

/** Makes known in a channel what is planned for the watches it is told of, each event once. */
export async function herald(channel: string, deps: HeraldDeps): Promise<Announcement[]> {
  const { announcementRenderer, unpinged = async (message) => message } = deps;
  const due = (await unheralded(deps)).filter((one) => one.channel === channel);
  await eachAlone(due, async (one) =>
    postOnce(channel, await unpinged(announcementRenderer(one)), { messageId: one.id }, deps),
  );
  return due;
}
