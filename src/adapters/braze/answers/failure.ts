import { type Failure, PermanentError, TransientError } from "../../../errors.ts";
import { redact } from "../../../redact.ts";
import type { Instant } from "../../../time/time.ts";
import { excerpt } from "./answer.ts";
import { askedWait, type Headers, waitForQuota } from "./retry-after.ts";

/** An answer of Braze, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** The error for an answer that is no success, with advice. */
export function failureOf(answer: Answer, endpoint: string, now: Instant): PermanentError | TransientError {
  const { status, headers, body } = answer;
  if (status >= 300 && status < 400) return redirected(status, headers);

  const { passes, ...details } = meaningOf(answer, endpoint);
  const message = `Braze answered ${status}: ${excerpt(body)}`;
  if (!passes) return new PermanentError(message, details);
  // Every answer says when the quota resets; after a server error that is no reason to wait so long.
  const wait = status === 429 ? waitForQuota(headers, now) : askedWait(headers, now);
  return new TransientError(message, { ...details, ...(wait !== undefined && { retryAfter: wait }) });
}

interface Meaning {
  readonly failure: Failure;
  readonly advice: string;
  readonly passes?: true;
}

function meaningOf({ status, body }: Answer, endpoint: string): Meaning {
  switch (status) {
    case 202:
      return maintenance;
    case 400:
      return isAboutAnId(body) ? unknownId : badRequest;
    case 401:
      return wrongKey(endpoint);
    case 403:
      return noPermission;
    case 404:
      return wrongUrl(endpoint);
    case 429:
      return rateLimit;
    default:
      return status >= 500 || status === 408 ? hiccup : badRequest;
  }
}

const isAboutAnId = (body: string): boolean => /\b(?:app|segment)(?:s|_id)?\b/i.test(excerpt(body));

const maintenance: Meaning = {
  failure: "braze-unreachable",
  advice: "Nothing to do: Braze is under maintenance, and Tidewatch asks again.",
  passes: true,
};

const unknownId: Meaning = {
  failure: "braze-unknown-id",
  advice:
    "Check the app and segment of the watch against Settings → APIs and Identifiers in Braze: they must belong to this workspace, and a segment needs analytics tracking switched on.",
};

const badRequest: Meaning = {
  failure: "braze-bad-request",
  advice: "Report this line to the maintainers of Tidewatch: Braze does not accept what it was asked.",
};

const wrongKey = (endpoint: string): Meaning => ({
  failure: "braze-wrong-key",
  advice: `Check BRAZE_API_KEY, and that ${endpoint} is the REST endpoint of the instance where the key was made: every other instance refuses it.`,
});

const noPermission: Meaning = {
  failure: "braze-no-permission",
  advice:
    "Make a new REST API key with the permission sessions.data_series (the permissions of a key cannot be changed once it is made) and set it as BRAZE_API_KEY. If the key has it, ask Braze whether the account is active.",
};

const wrongUrl = (endpoint: string): Meaning => ({
  failure: "braze-wrong-url",
  advice: `Check BRAZE_REST_ENDPOINT: ${endpoint} has no /sessions/data_series. A REST endpoint looks like https://rest.iad-01.braze.com.`,
});

const rateLimit: Meaning = {
  failure: "braze-rate-limit",
  advice:
    "Nothing to do: Tidewatch waits. If it happens often, something else uses up the workspace's requests; raise BRAZE_QUOTA_RESERVE to leave more of them.",
  passes: true,
};

const hiccup: Meaning = {
  failure: "braze-unreachable",
  advice: "Nothing to do if it passes: Tidewatch asks again. If it stays, look at Braze's status page.",
  passes: true,
};

// Following it would send the key to another host.
const redirected = (status: number, { location }: Headers) =>
  new PermanentError(
    `Braze answered ${status}, a redirect to ${redact(String(location ?? "nowhere")).slice(0, 100)}`,
    {
      failure: "braze-wrong-url",
      advice:
        "Set BRAZE_REST_ENDPOINT to the REST endpoint itself: redirects are not followed, since the key would follow them.",
    },
  );
