import { text } from "../../text/text.ts";
import { MINUTE } from "../../time/time.ts";
import { type HealthCheck, recorded } from "../check.ts";
import type { Facts } from "../facts.ts";

/**
 * The name of the failure of a destination; no workspace, series or channel can have it.
 * @example destinationName("pager"); // => "destination/pager"
 */
export const destinationName = (name: string): string => `destination/${name}`;

const OF_DESTINATION = /^destination\/(.+)$/;

/** Whether the destinations besides Slack take what is sent to them. */
export const destinationChecks = {
  destination: {
    failing: ({ failures }: Pick<Facts, "failures">) =>
      [...failures].flatMap(([name, known]) => {
        const [, of] = OF_DESTINATION.exec(name) ?? [];
        return of === undefined ? [] : [recorded(known, [of], of)];
      }),
    title: (first, howMany) =>
      text`Tidewatch cannot send alerts to ${howMany === 1 ? first : `${howMany} destinations`}`,
    consequence: "Alerts are posted in Slack as usual, and sent there as soon as it takes them",
    passing: "the destinations besides Slack take alerts",
    grace: 5 * MINUTE,
  },
} as const satisfies Record<string, HealthCheck>;
