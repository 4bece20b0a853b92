import { plainText, type Text } from "./text/text.ts";

/** A class of failure, by which logs, metrics and people sort. */
export type Failure =
  | "braze-wrong-key"
  | "braze-no-permission"
  | "braze-unknown-id"
  | "braze-unknown-workspace"
  | "braze-bad-request"
  | "braze-wrong-url"
  | "braze-rate-limit"
  | "braze-quota-reserve"
  | "braze-quota-short"
  | "braze-unreachable"
  | "braze-bad-answer"
  | "slack-destination"
  | "slack-workspace"
  | "slack-rate-limit"
  | "slack-unsure"
  | "slack-unreachable"
  | "slack-uploads"
  | "slack-rejected"
  | "slack-plainer"
  | "slack-shared-app"
  | "destination-refuses"
  | "destination-rate-limit"
  | "destination-unreachable"
  | "destination-unsure"
  | "destination-address"
  | "taken-over"
  | "redis-unreachable"
  | "redis-refuses"
  | "redis-damaged";

interface Details {
  readonly failure: Failure;
  /** What a person can do about it, as a full sentence. */
  readonly advice: string;
  readonly cause?: unknown;
}

/** A failure that a retry does not fix; the message says who did what, the advice what to do. */
export class PermanentError extends Error {
  override name = "PermanentError" as const;
  readonly failure: Failure;
  readonly advice: string;
  constructor(message: string, { failure, advice, cause }: Details) {
    super(message, cause === undefined ? undefined : { cause });
    this.failure = failure;
    this.advice = advice;
  }
}

/** A failure that passes; `retryAfter` (milliseconds) is set if the other side said when. */
export class TransientError extends Error {
  override name = "TransientError" as const;
  readonly failure: Failure;
  readonly advice: string;
  readonly retryAfter?: number;
  constructor(message: string, { failure, advice, cause, retryAfter }: Details & { retryAfter?: number }) {
    super(message, cause === undefined ? undefined : { cause });
    this.failure = failure;
    this.advice = advice;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }
}

/** A person's input cannot be used; the message says what was wrong, where, and what to do. */
export class InputError extends Error {
  override name = "InputError" as const;
  /** The message with its people and channels, which a notifier writes as it does. */
  readonly text: Text;
  /** The field it concerns, if there are several: a form shows it there. */
  readonly field?: string;
  constructor(
    message: string | Text,
    { cause, field }: { readonly cause?: unknown; readonly field?: string } = {},
  ) {
    super(
      typeof message === "string" ? message : plainText(message),
      cause === undefined ? undefined : { cause },
    );
    this.text = typeof message === "string" ? [message] : message;
    if (field !== undefined) this.field = field;
  }
}
