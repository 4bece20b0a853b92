import type { Labelling } from "../incidents/label.ts";
import { type Mute, scopeName } from "../notifications/mute.ts";
import type { Route } from "../notifications/route.ts";
import type { App } from "../series/app.ts";
import type { Exclusion } from "../series/excluded-hours.ts";
import type { PlannedEvent } from "../series/planned-events.ts";
import type { ProductChange } from "../series/product-changes.ts";
import type { Instant } from "../time/time.ts";
import { BY_DEFAULT, type Permissions } from "./permissions.ts";
import type { Watch } from "./watch.ts";

/** The author of changes that Tidewatch makes by itself. */
export const TIDEWATCH = "Tidewatch";

/** The state before and after; left out: it did not, or does not, exist. */
interface Step<Thing> {
  readonly before?: Thing;
  readonly after?: Thing;
}

/** What a person (or Tidewatch) changed. Its undo is the same with before and after swapped. */
export type Changed =
  | ({ readonly kind: "watch"; readonly watchId: string } & Step<Watch>)
  | ({ readonly kind: "mute"; readonly scope: Mute["scope"] } & Step<Mute>)
  | ({ readonly kind: "label"; readonly incidentId: string } & Step<Labelling>)
  | ({ readonly kind: "exclusion"; readonly seriesId: string; readonly id: string } & Step<Exclusion>)
  | ({ readonly kind: "event"; readonly id: string } & Step<PlannedEvent>)
  | ({ readonly kind: "product-change"; readonly id: string } & Step<ProductChange>)
  | ({ readonly kind: "app"; readonly workspace: string; readonly app: string } & Step<App>)
  | ({ readonly kind: "route"; readonly id: string } & Step<Route>)
  | ({ readonly kind: "permissions" } & Step<Permissions>);

/** A change in the change log, which can be announced, listed and undone. */
export interface Change {
  readonly id: string;
  readonly at: Instant;
  /** A Slack user's id, a name typed at the command line, or `Tidewatch`. */
  readonly by: string;
  readonly changed: Changed;
  /** The id of the first change of its import: all of them are announced in one message. */
  readonly batch?: string;
  readonly undone?: { readonly by: string; readonly at: Instant };
}

/** The change that undoes another; before the first permissions, everyone might change things. */
export const reversed = (changed: Changed): Changed => {
  const { before = changed.kind === "permissions" ? BY_DEFAULT : undefined, after, ...rest } = changed;
  return { ...rest, ...(after && { before: after }), ...(before && { after: before }) } as Changed;
};

/** The subject of a change, as a short unique name. */
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
    case "product-change":
      return `product-change ${changed.id}`;
    case "app":
      return `app ${changed.workspace}.${changed.app}`;
    case "route":
      return `route ${changed.id}`;
    case "permissions":
      return "permissions";
  }
}

/**
 * Names a change by its subject and time; short, since people type it.
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

/** Whether two values are equal as JSON, in any order of fields; an undefined field counts as absent. */
export function isSame(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isSame(one[name], other[name]));
}

const isObject = (thing: unknown): thing is Readonly<Record<string, unknown>> =>
  typeof thing === "object" && thing !== null;

/** Whether two states are equal, whoever set them and when. */
export const hasSameContent = (one: unknown, other: unknown): boolean =>
  isSame(unsigned(one), unsigned(other));

const unsigned = (thing: unknown): unknown =>
  typeof thing === "object" && thing !== null ? { ...thing, by: undefined, at: undefined } : thing;

/**
 * Change log entries by one person at one instant, each with its own id; several are a batch.
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

/** Whether before and after are equal. */
export const changesNothing = ({ before, after }: Changed): boolean => hasSameContent(before, after);
