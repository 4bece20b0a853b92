import type { Instant } from "../../core/time.ts";
import { PermanentError, TransientError } from "../../errors.ts";
import { redact } from "../../redact.ts";
import { excerpt } from "./answer.ts";
import type { Headers } from "./retry-after.ts";
import { retryAfter } from "./retry-after.ts";

/** An answer of Braze, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** What an answer that is no success means, and what to do about it. */
export function failureOf(
  { status, headers, body }: Answer,
  endpoint: string,
  now: Instant,
): PermanentError | TransientError {
  const message = `Braze answered ${status}: ${excerpt(body)}`;
  const wait = retryAfter(headers, now);
  const passing = { ...(wait !== undefined && { retryAfter: wait }) };
  switch (status) {
    case 202:
      return new TransientError(message, {
        trouble: "braze-unreachable",
        advice: "Nothing to do: Braze is under maintenance, and Tidewatch asks again.",
      });
    case 400:
      return new PermanentError(message, isAboutAnId(body) ? unknownId : badRequest);
    case 401:
      return new PermanentError(message, {
        trouble: "braze-wrong-key",
        advice: `Check BRAZE_API_KEY, and that ${endpoint} is the REST endpoint of the instance where the key was made: every other instance refuses it.`,
      });
    case 403:
      return new PermanentError(message, {
        trouble: "braze-no-permission",
        advice:
          "Make a new REST API key with the permission sessions.data_series (the permissions of a key cannot be changed once it is made) and set it as BRAZE_API_KEY. If the key has it, ask Braze whether the account is active.",
      });
    case 404:
      return new PermanentError(message, {
        trouble: "braze-wrong-url",
        advice: `Check BRAZE_REST_ENDPOINT: ${endpoint} has no /sessions/data_series. A REST endpoint looks like https://rest.iad-01.braze.com.`,
      });
    case 408:
      return new TransientError(message, { trouble: "braze-unreachable", advice: passes, ...passing });
    case 429:
      return new TransientError(message, {
        trouble: "braze-rate-limit",
        advice:
          "Nothing to do: Tidewatch waits. If it happens often, something else uses up the workspace's requests; raise BRAZE_QUOTA_RESERVE to leave it more room.",
        ...passing,
      });
  }
  if (status >= 500)
    return new TransientError(message, { trouble: "braze-unreachable", advice: passes, ...passing });
  if (status >= 300 && status < 400) return redirected(status, headers);
  if (status < 300) return new TransientError(message, { trouble: "braze-bad-answer", advice: passes });
  return new PermanentError(message, badRequest);
}

const passes = "Nothing to do if it passes: Tidewatch asks again. If it stays, look at Braze's status page.";

const unknownId = {
  trouble: "braze-unknown-id",
  advice:
    "Check the app and segment of the watch against Settings → APIs and Identifiers in Braze: they must belong to this workspace, and a segment needs analytics tracking switched on.",
} as const;

const badRequest = {
  trouble: "braze-bad-request",
  advice: "Report this line to the maintainers of Tidewatch: Braze does not accept what it was asked.",
} as const;

const isAboutAnId = (body: string): boolean => /\b(app|segment)(s\b|\b|_)/i.test(excerpt(body));

// Following it would send the key to whoever is named there.
const redirected = (status: number, { location }: Headers) =>
  new PermanentError(
    `Braze answered ${status}, a redirect to ${redact(String(location ?? "nowhere")).slice(0, 100)}`,
    {
      trouble: "braze-wrong-url",
      advice:
        "Set BRAZE_REST_ENDPOINT to the REST endpoint itself: redirects are not followed, since the key would follow them.",
    },
  );
