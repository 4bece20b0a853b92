import type { Unit } from "../time/time.ts";
import type { ValuePath } from "./value-path.ts";

/** The endpoints whose requests Braze counts together. */
export type Pool = "default" | "purchases" | "segments" | "campaigns";

/**
 * What the numbers are: `count` whole and never negative; `money` with cents, and negative where more was refunded than
 * sold; `level` an estimate of how many there are, not of how many came; `ratio` one of these for each of another,
 * `money-ratio` money for each.
 */
export type NumberKind = "count" | "money" | "level" | "ratio" | "money-ratio";

/** What a metric is counted for: by its name in Braze, or by the id of something that has a name. */
export interface Item {
  /** The setting that people type. */
  readonly parameter: "event" | "product" | "campaign" | "canvas";
  /** The parameter of the endpoint. @default parameter */
  readonly query?: string;
  /** Whether Braze is asked for an id, not for the name. */
  readonly isId?: true;
  /** Whether Braze refuses a request without it. */
  readonly isRequired: boolean;
  /** What one is called. */
  readonly noun: string;
  /** The endpoint that lists them. */
  readonly list: "/events/list" | "/purchases/product_list" | "/campaigns/list" | "/canvas/list";
  /** The field of its answer that holds them. */
  readonly field: "events" | "products" | "campaigns" | "canvases";
  /** The permission that the list needs. */
  readonly listPermission: string;
}

/** What a series counts: how it can be read, and what people call it. */
export interface Metric {
  /** The units that the endpoint knows, the usual one first. It is sent none if there is only one. */
  readonly units: readonly [Unit, ...Unit[]];
  /** Whether it can be read for one app. */
  readonly hasApp: boolean;
  /** Whether it can, or must, be read for one segment. */
  readonly segment: "none" | "optional" | "required";
  /** The custom event, product, campaign or Canvas that can be named. */
  readonly item?: Item;
  readonly kind: NumberKind;
  /** Braze has the value of a day only this long after midnight UTC, in milliseconds, and never changes it. */
  readonly snapshotAt?: number;
  /** What a new watch alerts on. */
  readonly direction: "drop" | "spike" | "both";
  /** The least change that a new watch alerts on, as a share. @default 0.1 */
  readonly minRelativeChange?: number;
  /** Its name at the beginning of a line. */
  readonly title: string;
  /** What one is called, and many. */
  readonly noun: readonly [one: string, many: string];
  /** What one of a ratio is counted for: `session`. */
  readonly per?: string;
  /** Written before the number. */
  readonly sign?: "$";
  /** Whether what it counts are users. */
  readonly isOfUsers?: true;
  /** Whether the numbers are shares, which people write in percent. */
  readonly isShare?: true;
  /** What Braze says of its numbers, where people need it to read an alert. */
  readonly note?: string;
}

/** One thing that Braze counts, and the endpoint that it is read from. */
export interface BrazeMetric extends Metric {
  readonly kind: "count" | "money" | "level";
  /** The endpoint of Braze's REST API. */
  readonly path: `/${string}_series`;
  /** What else is sent with each request. */
  readonly options?: Readonly<Record<string, string>>;
  /** The most buckets in an answer. @default 100 */
  readonly longest?: number;
  /** The field of `data` that holds the rows. @default `data` itself */
  readonly rows?: "stats";
  /** The parts of a row whose values are summed. @default the row itself */
  readonly within?: ValuePath;
  /** The field that holds the value. */
  readonly field: string;
  /** What the REST API key needs. */
  readonly permission: string;
  /** The endpoints whose requests Braze counts together. */
  readonly pool: Pool;
}
