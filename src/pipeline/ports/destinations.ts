import type { Delivery } from "../../notifications/delivery.ts";
import type { OutsideAlert } from "../../notifications/outside-alert.ts";
import type { OutboxAdding, OutboxEntry } from "./incidents.ts";

/** Sends alerts to a place outside Slack. */
export interface Notifier {
  /** Whether the other side knows a repeated message by its key, so that a repetition changes nothing. */
  readonly isIdempotent: boolean;
  /** How often an open alert has to be repeated, in milliseconds. @default never */
  readonly repeatEvery?: number;
  /**
   * Throws PermanentError when the alert is refused, and TransientError when that may pass ("destination-unsure": it
   * may have arrived).
   */
  send(alert: OutsideAlert): Promise<void>;
  /** Looks whether it would take alerts, without sending one. Returns what was seen; throws like `send`. */
  check(): Promise<string>;
}

/** A configured place outside Slack. */
export interface Destination extends Notifier {
  /** The name by which routes call it. */
  readonly name: string;
  readonly kind: string;
}

/** What was sent to destinations; each entry changes only through a compare-and-set on its version. */
export interface DeliveryStore {
  byId(id: string): Promise<Delivery | undefined>;
  /** Writes with the version raised by one, or returns undefined when another writer came first. */
  save(delivery: Delivery): Promise<Delivery | undefined>;
  /** Adds an incident to the outbox of a destination: it may need to be sent, until its end is sent. */
  add(destination: string, incidentId: string, groupKey: string, adding?: OutboxAdding): Promise<void>;
  /** Incident → entry. */
  pending(destination: string): Promise<Map<string, OutboxEntry>>;
  /** Removes an entry as it was read; a later one stays. */
  remove(destination: string, incidentId: string, entry: OutboxEntry): Promise<void>;
}
