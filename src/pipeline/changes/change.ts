import { InputError } from "../../errors.ts";
import {
  type Change,
  type Changed,
  hasSameContent,
  isSame,
  reversed,
  subjectOf,
} from "../../settings/change.ts";
import { KEPT_DAYS } from "../../settings/limits.ts";
import { person, text } from "../../text/text.ts";
import type { Context } from "../context.ts";
import type { Undoing } from "../ports/settings.ts";
import { type Plan, record } from "./record-change.ts";
import { kindOf } from "./setters.ts";

/** A change that a person made. */
export interface Made<Kind extends Changed = Changed> {
  readonly changed: Kind;
  /** Its entry in the change log; left out when nothing changed. */
  readonly change?: Change;
}

/**
 * Makes the change that a plan returns: writes it together with its entry in the change log, then applies its effects.
 * Effects that a crash interrupts are applied before the change is announced.
 */
export async function commit<Kind extends Changed>(
  plan: () => Promise<Kind>,
  by: string,
  context: Context,
): Promise<Made<Kind>> {
  const {
    changed: [changed],
    entries: [change],
  } = await commitAll(async () => [await plan()], by, context);
  return { changed: changed!, ...(change && { change }) };
}

/** Makes several changes, each permitted to whoever acts: all or none. */
export async function commitAll<Kind extends Changed>(
  plan: Plan<Kind>,
  by: string,
  context: Context,
  undoing?: Undoing,
) {
  const prepared = async () => {
    const all = await plan();
    for (const changed of all) {
      const kind = kindOf(changed, context);
      await context.permit?.(changed);
      await kind.check?.();
      await kind.prepare?.();
    }
    return all;
  };
  const made = await record(prepared, by, context, undoing);
  for (const change of made.entries) await carry(change, context);
  return made;
}

/** Applies the effects of a change to the present state; safe to repeat. */
export const carry = async (change: Change, context: Context): Promise<void> =>
  kindOf(change.changed, context).carry?.(change);

/**
 * Undoes a change and returns the change that does so. Throws InputError when it does not exist, was undone already, or
 * its subject was changed since: somebody may rely on that.
 */
export async function undo(id: string, by: string, context: Context): Promise<Change> {
  const { changes, clock } = context;
  const back = async () => {
    const change = await changes.byId(id);
    if (!change)
      throw new InputError(
        `there is no change "${id}". /tidewatch changes lists the changes of the last ${KEPT_DAYS} days`,
      );
    if (change.undone)
      throw new InputError(text`this change was already undone by ${person(change.undone.by)}`);
    // If a crash interrupted the first undo, its effects are applied now.
    await carry(change, context);
    const later = await laterThan(change, context);
    const present = await kindOf(change.changed, context).present();
    if (!stands(change, present, later)) throw changedSince(later);
    return [withBefore(reversed(change.changed), present)];
  };
  const { entries } = await commitAll(back, by, context, { id, undone: { by, at: clock() } });
  return entries[0]!;
}

/** The newest other change of the same subject since. */
const laterThan = async (change: Change, { changes }: Context): Promise<Change | undefined> =>
  (await changes.since(change.at)).find(
    ({ id, changed }) => id !== change.id && subjectOf(changed) === subjectOf(change.changed),
  );

/** Whether the change is still in effect, even if somebody confirmed it since. */
const stands = ({ changed: { after } }: Change, present: unknown, later: Change | undefined): boolean =>
  isSame(present, after) || (!later && hasSameContent(present, after));

const withBefore = (changed: Changed, before: unknown): Changed => {
  const { before: _, ...rest } = changed;
  return { ...rest, ...(before !== undefined && { before }) } as Changed;
};

const changedSince = (later: Change | undefined): InputError =>
  new InputError(
    later
      ? text`${person(later.by)} changed this again later. Undo ${later.id} first`
      : "this was replaced by another setting of the same name, so it cannot be undone. Change it by hand",
  );
