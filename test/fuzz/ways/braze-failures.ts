import { failureOf } from "../../../src/adapters/braze/answers/failure.ts";
import { brazeQuota } from "../../../src/adapters/braze/quota.ts";
import { TransientError } from "../../../src/errors.ts";
import { HOUR } from "../../../src/time/time.ts";
import type { Dice } from "../dice.ts";
import { hostileJson, hostileText, mutateJson, SECRET } from "../hostile.ts";
import { checkRefusal, holds, refusedOr, type Way } from "../way.ts";

const now = Date.UTC(2026, 5, 16, 12, 20);

const names = [
  ...["retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"],
  ...["x-ratelimit-retry-after", "location", "content-type", "__proto__"],
];

function headersOf(dice: Dice): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (let left = dice.int(6); left > 0; left--) {
    const value = dice.chance(0.5)
      ? dice.pick([
          "0",
          "-1",
          "1e99",
          "250000",
          String(now / 1_000 + 60),
          "Tue, 16 Jun 2026 12:21:00 GMT",
          " 30 ",
          "",
        ])
      : hostileText(dice, 3);
    headers[dice.pick(names)] = dice.chance(0.05) ? [value, value] : value;
  }
  return headers;
}

export const brazeFailures: Way = {
  name: "braze-failures",
  what: "status, headers and bodies of refusals, quotas",
  share: 150_000,
  open() {
    return {
      strike(dice) {
        const status = dice.pick([300, 301, 307, 400, 401, 403, 404, 408, 418, 429, 500, 502, 599, 202, 999]);
        const headers = headersOf(dice);
        const body = dice.chance(0.5)
          ? hostileJson(dice)
          : mutateJson({ message: `Invalid API key: ${SECRET}`, errors: [{ id: "app_id" }] }, dice);
        const failure = failureOf(
          { status, headers, body },
          { endpoint: "https://rest.iad-01.braze.com", path: "/sessions/data_series" },
          now,
        );
        checkRefusal(failure);
        holds(failure.message.length < 400, `an error of ${failure.message.length} letters`);
        if (failure instanceof TransientError && failure.retryAfter !== undefined) {
          holds(failure.retryAfter > 0 && failure.retryAfter <= HOUR, `a wait of ${failure.retryAfter} ms`);
        }
        const quota = brazeQuota(0.2);
        quota.learn("default", headers, now);
        // Whatever was told, an hour later it asks again.
        refusedOr(() => quota.check("default", now));
        quota.check("default", now + HOUR);
        return true;
      },
    };
  },
};
