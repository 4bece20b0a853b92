/** Something that the app is told, and what of it. */
export interface Delivery {
  readonly kind: "command" | "interactive" | "event";
  readonly payload: Readonly<Record<string, unknown>>;
  /** Whether the acknowledgement may say something. */
  readonly takesReply: boolean;
  readonly retry?: { readonly num: number; readonly reason: string };
}

/** What became of a delivery: acknowledged with a body, or not, in Slack's word for why. */
export type Acknowledgement =
  | { readonly acked: true; readonly body: unknown }
  | { readonly acked: false; readonly error: string; readonly dontRetry?: boolean };

/** A way to the app. */
export type Transport = (delivery: Delivery) => Promise<Acknowledgement>;

/** A delivery that the app did not acknowledge as it must, which the person who did something was shown. */
export interface Failure {
  readonly kind: Delivery["kind"];
  /** The command, the action, the view's `callback_id` or the event's type. */
  readonly about: string;
  readonly user?: string;
  readonly error: string;
}
