import { HOUR, type Instant } from "../time/time.ts";
import type { Facts, KnownFailure } from "./facts.ts";
import type { CheckFailure } from "./health-issue.ts";

/** The place of replies shown to one person only, where no channel is affected. */
export const FORMS = "FORMS";

/** How long a refusal is reported: a message that is never sent again never recovers. */
const STANDS_FOR = 3 * HOUR;

/**
 * The name of the failure that Slack refused a message.
 * @example refusedName("ios.drop@2026-06-16T12"); // => "refused/ios.drop@2026-06-16T12"
 */
export const refusedName = (messageId: string): string => `refused/${messageId}`;

/** Channels in which Slack refused a message as it was, or every form of it. */
export function refusalCheckFailures({ channels, failures, now }: Facts): CheckFailure[] {
  const standing = [...failures.values()]
    .filter(isRefusal)
    .filter(({ refused: { at } }) => now - at < STANDS_FOR);
  return [...Map.groupBy(standing, ({ refused: { place } }) => place)].map(([place, refusals]) => {
    const newest = refusals.toSorted((a, b) => b.refused.at - a.refused.at)[0]!;
    return {
      id: `message.${place}`,
      kind: "message",
      what: channels.get(place) ?? [place === FORMS ? "answers to people" : place],
      detail: newest.message,
      advice: newest.advice,
      since: Math.min(...refusals.map(({ since }) => since)),
      grace: 0,
    };
  });
}

/** The names of the refusals that are no longer reported. */
export const pastRefusals = (failures: ReadonlyMap<string, KnownFailure>, now: Instant): string[] =>
  [...failures].flatMap(([name, known]) =>
    isRefusal(known) && now - known.refused.at >= STANDS_FOR ? [name] : [],
  );

const isRefusal = (
  known: KnownFailure,
): known is KnownFailure & { readonly refused: NonNullable<KnownFailure["refused"]> } =>
  known.refused !== undefined;
