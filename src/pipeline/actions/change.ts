import { InputError } from "../../errors.ts";
import {
  type Change,
  type Changed,
  changeId,
  isSame,
  reversed,
  saysTheSame,
  subjectOf,
} from "../../settings/change.ts";
import { KEPT_DAYS } from "../../settings/limits.ts";
import type { Clock } from "../ports/clock.ts";
import type { ChangeStore } from "../ports/console.ts";

/** Brings something into the state that a change names as `after`, and tells how it is at present. */
export interface Setters {
  /** How that stands which a change is of; undefined where there is none. */
  present(changed: Changed): Promise<unknown>;
  apply(changed: Changed): Promise<unknown>;
}

export interface ChangingDeps {
  readonly changes: ChangeStore;
  readonly setters: Setters;
  readonly clock: Clock;
}

/** Keeps what somebody changed, so that it is told, listed and can be undone. */
export async function commit(
  changed: Changed,
  by: string,
  { changes, clock }: Pick<ChangingDeps, "changes" | "clock">,
): Promise<Change> {
  // Two changes of one thing within a millisecond, or while a clock stands still, are two.
  for (let at = clock(); ; at++) {
    const change: Change = { id: changeId(changed, at), at, by, changed };
    await changes.record(change);
    if (isSame((await changes.byId(change.id))?.changed, changed)) return change;
  }
}

/**
 * Takes a change back; answers the change that does so. Throws InputError when there is none, when it was undone
 * already, or when what it is of was changed since: somebody may rely on that.
 */
export async function undo(id: string, by: string, deps: ChangingDeps): Promise<Change> {
  const { changes, setters, clock } = deps;
  const change = await changes.byId(id);
  if (!change)
    throw new InputError(
      `there is no change "${id}": /tidewatch changes lists those of the last ${KEPT_DAYS} days`,
    );
  if (change.undone) throw new InputError(`that was undone already, by ${personOf(change.undone.by)}`);
  const later = await laterThan(change, deps);
  if (!(await stands(change, later, deps))) throw changedSince(later);

  const back = reversed(change.changed);
  // Done before it is noted: after a crash in between it is done again, which changes nothing.
  await setters.apply(back);
  if (!(await changes.markUndone(id, { by, at: clock() })))
    throw new InputError("that was undone already, a moment ago");
  return commit(back, by, deps);
}

/** The newest other change of the same thing since. */
const laterThan = async (change: Change, { changes }: ChangingDeps): Promise<Change | undefined> =>
  (await changes.since(change.at)).find(
    ({ id, changed }) => id !== change.id && subjectOf(changed) === subjectOf(change.changed),
  );

/** Whether there is something to take back: what was changed stands, or is back already but not noted as undone. */
async function stands(
  { changed }: Change,
  later: Change | undefined,
  { setters }: ChangingDeps,
): Promise<boolean> {
  const present = await setters.present(changed);
  if (isSame(present, changed.after)) return true;
  return !later && (saysTheSame(present, changed.after) || isSame(present, changed.before));
}

const changedSince = (later: Change | undefined): InputError =>
  new InputError(
    later
      ? `that was changed again since, by ${personOf(later.by)}: undo ${later.id} first`
      : "that is another by now, so there is nothing to go back to: change it by hand",
  );

/** A Slack user by mention, anybody else by name. */
const personOf = (by: string): string => (/^[UW][A-Z0-9]{6,}$/.test(by) ? `<@${by}>` : by);
