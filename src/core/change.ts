import type { Access } from "./access.ts";
import type { App } from "./app.ts";
import type { PlannedEvent } from "./events.ts";
import type { Exclusion } from "./exclusion.ts";
import type { Labelling } from "./label.ts";
import type { Mute } from "./mute.ts";
import type { Instant } from "./time.ts";
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
  readonly undone?: { readonly by: string; readonly at: Instant };
}

/** The change that takes another back. */
export const reversed = (changed: Changed): Changed => {
  const { before, after, ...rest } = changed;
  return { ...rest, ...(after && { before: after }), ...(before && { after: before }) } as Changed;
};
