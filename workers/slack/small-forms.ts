import type { ModalView } from "@slack/types";
import type { MuteChoice } from "../../src/adapters/slack/blocks/action-ids.ts";
import { eventModal } from "../../src/adapters/slack/views/event-modal.ts";
import { muteModal } from "../../src/adapters/slack/views/mute-modal.ts";
import { appsOf } from "../../src/commands/series-named.ts";
import type { MuteScope } from "../../src/notifications/mute.ts";
import { authorize } from "../../src/pipeline/changes/authorize.ts";
import { type Watch, watchTitle } from "../../src/settings/watch.ts";
import { DAY, HOUR, type Instant } from "../../src/time/time.ts";
import type { SlackContext } from "./context.ts";

/** The most other watches of an alert that the form offers: their names have to fit into its metadata. */
const MOST_OTHERS = 10;

/** What the form to mute begins with. */
export interface MuteStart {
  readonly scope: MuteScope;
  readonly until: MuteChoice;
  readonly openedIn?: string | undefined;
  /** The other watches of the alert. */
  readonly others?: readonly Watch[];
}

/**
 * The form to mute a watch, its app, or its channel. Throws InputError when this person may not mute the watch: it is
 * better known before a form is filled in.
 */
export async function muteForm(
  watch: Watch,
  { scope, until, openedIn, others = [] }: MuteStart,
  user: string,
  { bot }: SlackContext,
): Promise<ModalView> {
  await authorize(user, [watch.channel], bot);
  const { workspace, app } = watch.series;
  return muteModal({
    scopes: [
      ...[watch, ...others.slice(0, MOST_OTHERS)].map((one) => ({
        scope: { kind: "watch", watch: one.id } as const,
        name: watchTitle(one).slice(0, 60),
      })),
      { scope: { kind: "app", workspace, app: app ?? "all" }, name: watch.appName.slice(0, 200) },
      { scope: { kind: "channel", channel: watch.channel }, name: "The channel" },
    ],
    scope,
    until,
    date: nextHour(bot.clock()) + DAY,
    ...(openedIn && { openedIn }),
  });
}

/** The form to plan an event. Throws InputError when this person may not plan any. */
export async function eventForm(user: string, { bot }: SlackContext): Promise<ModalView> {
  await authorize(user, [], bot);
  const workspaces = bot.workspaces.map(({ name }) => name);
  return eventModal(workspaces, await appsOf(bot), nextHour(bot.clock()));
}

const nextHour = (now: Instant): Instant => Math.ceil(now / HOUR) * HOUR;
