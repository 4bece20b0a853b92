import { type Failure, PermanentError, TransientError } from "../../../errors.ts";
import { type Endpoint, needsOf } from "../../../metrics/endpoints.ts";
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

/** What was asked: the path, at which REST endpoint. */
export interface Asked {
  readonly endpoint: string;
  readonly path: Endpoint;
}

/** The error for an answer that is no success, with advice. */
export function failureOf(answer: Answer, asked: Asked, now: Instant): PermanentError | TransientError {
  const { status, headers, body } = answer;
  if (status >= 300 && status < 400) return redirected(status, headers);

  const { passes, ...details } = meaningOf(answer, asked);
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

function meaningOf({ status, body }: Answer, asked: Asked): Meaning {
  switch (status) {
    case 202:
      return maintenance;
    case 400:
      return idMeanings.find(([about]) => about.test(excerpt(body)))?.[1] ?? badRequest;
    case 401:
      return wrongKey(asked);
    case 403:
      return noPermission(asked);
    case 404:
      return wrongUrl(asked);
    case 429:
      return rateLimit;
    default:
      return status >= 500 || status === 408 ? hiccup : badRequest;
  }
}

const maintenance: Meaning = {
  failure: "braze-unreachable",
  advice: "Nothing to do: Braze is under maintenance, and Tidewatch asks again.",
  passes: true,
};

const unknown = (advice: string): Meaning => ({ failure: "braze-unknown-id", advice });

/** What a refused request is about, by the words of the refusal. */
const idMeanings: readonly (readonly [about: RegExp, Meaning])[] = [
  ...(["campaign", "Canvas"] as const).map((noun): readonly [RegExp, Meaning] => [
    new RegExp(`\\b${noun}(?:s|es|_id)?\\b`, "i"),
    unknown(
      `Check that the ${noun} is still in Braze, in this workspace. If it was deleted, edit or remove the watch.`,
    ),
  ]),
  [
    /\bevents?\b/i,
    unknown(
      "Check the spelling of the custom event against Data Settings → Custom Events in Braze: it must belong to this workspace. If it was deleted or renamed there, edit or remove the watch.",
    ),
  ],
  [
    /\bproducts?\b/i,
    unknown(
      "Check the product against Data Settings → Products in Braze: it must belong to this workspace. If it is no longer sold, edit or remove the watch.",
    ),
  ],
  [
    /\b(?:app|segment)(?:s|_id)?\b/i,
    unknown(
      "Check the app and segment of the watch against Settings → APIs and Identifiers in Braze: they must belong to this workspace, and a segment needs analytics tracking switched on.",
    ),
  ],
];

const badRequest: Meaning = {
  failure: "braze-bad-request",
  advice: "Report this line to the maintainers of Tidewatch: Braze does not accept what it was asked.",
};

const wrongKey = ({ endpoint }: Asked): Meaning => ({
  failure: "braze-wrong-key",
  advice: `Check BRAZE_API_KEY, and that ${endpoint} is the REST endpoint of the instance where the key was made: every other instance refuses it.`,
});

const noPermission = ({ path }: Asked): Meaning => ({
  failure: "braze-no-permission",
  advice: `Make a new REST API key with the permission ${needsOf(path).permission} (the permissions of a key cannot be changed once it is made) and set it as BRAZE_API_KEY. If the key has it, ask Braze whether the account is active, and whether its contract includes this metric.`,
});

const wrongUrl = ({ endpoint, path }: Asked): Meaning => ({
  failure: "braze-wrong-url",
  advice: `Check BRAZE_REST_ENDPOINT: ${endpoint} has no ${path}. A REST endpoint looks like https://rest.iad-01.braze.com.`,
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
