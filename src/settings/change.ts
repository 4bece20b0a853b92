import type { Labelling } from "../incidents/label.ts";
import { type Mute, scopeName } from "../notifications/mute.ts";
import type { App } from "../series/app.ts";
import type { Exclusion } from "../series/excluded-hours.ts";
import type { PlannedEvent } from "../series/planned-events.ts";
import type { Instant } from "../time/time.ts";
import { type Access, BY_DEFAULT } from "./permissions.ts";
import type { Watch } from "./watch.ts";

/** Who is named where nobody asked for a change. */
export const TIDEWATCH = "Tidewatch";

/** What was so before and is so after; left out: there was, or is, none. */
interface Step<Thing> {
  readonly before?: Thing;
  readonly after?: Thing;
}

/** What a person (or Tidewatch itself) changed. Undone, it is the same with before and after exchanged. */
export type Changed =
  | ({ readonly kind: "watch"; readonly watchId: string } & Step<Watch>)
  | ({ readonly kind: "mute"; readonly scope: Mute["scope"] } & Step<Mute>)
  | ({ readonly kind: "label"; readonly incidentId: string } & Step<Labelling>)
  | ({ readonly kind: "exclusion"; readonly seriesId: string; readonly id: string } & Step<Exclusion>)
  | ({ readonly kind: "event"; readonly id: string } & Step<PlannedEvent>)
  | ({ readonly kind: "app"; readonly workspace: string; readonly app: string } & Step<App>)
  | ({ readonly kind: "access" } & Step<Access>);

/** A change as it is kept, so that it can be told, listed and undone. */
export interface Change {
  readonly id: string;
  readonly at: Instant;
  /** A Slack user's id, a name typed at the command line, or `Tidewatch`. */
  readonly by: string;
  readonly changed: Changed;
  /** The id of the first change of the import it came with: all of them are announced in one message. */
  readonly batch?: string;
  readonly undone?: { readonly by: string; readonly at: Instant };
}

/** The change that takes another back; before the first rule who may change something, everyone might. */
export const reversed = (changed: Changed): Changed => {
  const { before = changed.kind === "access" ? BY_DEFAULT : undefined, after, ...rest } = changed;
  return { ...rest, ...(after && { before: after }), ...(before && { after: before }) } as Changed;
};

/** What a change is of, as a short name that no other thing shares. */
export function subjectOf(changed: Changed): string {
  switch (changed.kind) {
    case "watch":
      return `watch ${changed.watchId}`;
    case "mute":
      return `mute ${scopeName(changed.scope)}`;
    case "label":
      return `label ${changed.incidentId}`;
    case "exclusion":
      return `exclusion ${changed.seriesId} ${changed.id}`;
    case "event":
      return `event ${changed.id}`;
    case "app":
      return `app ${changed.workspace}.${changed.app}`;
    case "access":
      return "access";
  }
}

/**
 * Names a change by what it is of and when it was made; short, since people type it.
 * @example changeId({ kind: "watch", watchId: "ios" }, Date.UTC(2026, 5, 16, 12)); // => "watch-ios-mqggt5c0"
 */
export const changeId = (changed: Changed, at: Instant): string =>
  [
    ...(subjectOf(changed)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []),
  ]
    .join("-")
    .slice(0, 60)
    .concat(`-${at.toString(36)}`);

/** Whether two things say the same, whatever the order in which they say it; an undefined field is no field, as in JSON. */
export function isSame(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isSame(one[name], other[name]));
}

const isObject = (thing: unknown): thing is Readonly<Record<string, unknown>> =>
  typeof thing === "object" && thing !== null;

/** Whether two states of a thing say the same, whoever said so and when. */
export const saysTheSame = (one: unknown, other: unknown): boolean => isSame(unsigned(one), unsigned(other));

const unsigned = (thing: unknown): unknown =>
  typeof thing === "object" && thing !== null ? { ...thing, by: undefined, at: undefined } : thing;

/**
 * Changes of these things by one person at one instant, with ids of their own; several are a batch.
 * @example entriesFor([{ kind: "watch", watchId: "ios" }], "U0ADA0001", noon); // => one change, `watch-ios-…`
 */
export function entriesFor(all: readonly Changed[], by: string, from: Instant): [Change, ...Change[]] {
  const taken = new Set<string>();
  const changes = all.map((changed): Change => {
    let at = from;
    while (taken.has(changeId(changed, at))) at++;
    const id = changeId(changed, at);
    taken.add(id);
    return { id, at, by, changed };
  });
  const [first] = changes;
  if (!first) throw new RangeError("no change at all has no entry");
  return (changes.length === 1 ? changes : changes.map((one) => ({ ...one, batch: first.id }))) as [
    Change,
    ...Change[],
  ];
}

/** Whether all is as before. */
export const changesNothing = ({ before, after }: Changed): boolean => saysTheSame(before, after);
