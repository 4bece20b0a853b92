import { InputError } from "../../errors.ts";
import { type EventScope, eventId, isAffected } from "../../series/planned-events.ts";
import type { Changed } from "../../settings/change.ts";
import { LONGEST_NAME } from "../../settings/limits.ts";
import { DAY, type Instant } from "../../time/time.ts";
import { commit, type Made } from "../changes/change.ts";
import type { Context } from "../context.ts";

/** A planned event that was added, removed or replaced. */
type EventChanged = Extract<Changed, { kind: "event" }>;

/** A request to plan an event. */
export interface EventRequest {
  readonly name: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly scope: EventScope;
  readonly by: string;
}

/** After a longer event, the usual level would no longer be known. */
const LONGEST = 28 * DAY;

/** Plans an event, replacing one of the same name and start. Throws InputError for an event without effect. */
export async function planEvent(request: EventRequest, context: Context): Promise<Made<EventChanged>> {
  const { from, to, scope, by } = request;
  const name = request.name.trim();
  if (name === "" || name.length > LONGEST_NAME)
    throw new InputError(`an event must have a name of at most ${LONGEST_NAME} characters`);
  if (to <= from) throw new InputError(`"${name}" ends before it begins. Type the beginning first`);
  if (to - from > LONGEST)
    throw new InputError(`"${name}" is too long. An event can last at most ${LONGEST / DAY} days`);
  const isWatched = (await context.watches.all()).some(({ series }) => isAffected(series, scope));
  if (!isWatched && (scope.app ?? scope.workspace) !== undefined)
    throw new InputError(
      `no watch matches the event "${name}". Check the app and the workspace, or leave them out`,
    );
  const id = eventId(name, from);
  const plan = async (): Promise<EventChanged> => {
    const before = (await context.events.all()).find((event) => event.id === id);
    const after = { id, name, from, to, scope, by, at: context.clock() };
    return { kind: "event", id, ...(before && { before }), after };
  };
  return commit(plan, by, context);
}

/** Removes an event. Throws InputError when it does not exist or comes from the settings. */
export const removeEvent = (id: string, by: string, context: Context): Promise<Made<EventChanged>> =>
  commit(
    async () => {
      const all = await context.events.all();
      const before = all.find((event) => event.id === id);
      if (before) return { kind: "event", id, before };
      const ids = all.map((event) => event.id);
      throw new InputError(
        `there is no event "${id}"${ids.length > 0 ? `. Use one of: ${ids.join(", ")}` : ""}. Remove events of EVENTS in the settings`,
      );
    },
    by,
    context,
  );
