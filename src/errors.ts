/** What went wrong out there, as a class that logs, metrics and people can sort by. */
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

/** A failure that trying again will not mend; the message says who did what, the advice what to do. */
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

/** A failure that passes; `retryAfter` (milliseconds) is set where the other side said when. */
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

/** Something a person typed cannot be used; the message says what was wrong, where, and what to do. */
export class InputError extends Error {
  override name = "InputError" as const;
  /** What it is about, where it was one of several things: what a form puts it beside. */
  readonly field?: string;
  constructor(message: string, { cause, field }: { readonly cause?: unknown; readonly field?: string } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    if (field !== undefined) this.field = field;
  }
}
