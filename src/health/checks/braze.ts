import { quotaOf } from "../../series/api-quota.ts";
import { text } from "../../text/text.ts";
import { HOUR, MINUTE } from "../../time/time.ts";
import { CLEAR, type Failing, type HealthCheck, nameOr, recorded } from "../check.ts";
import type { Facts, SeriesFacts } from "../facts.ts";

type Read = Pick<Facts, "series" | "failures">;
type ReadWorkspaces = Pick<Facts, "failures"> & {
  readonly series: readonly Pick<SeriesFacts, "workspace">[];
};

/** Whether Braze answers for what is watched. */
export const brazeChecks = {
  braze: {
    failing: (facts: ReadWorkspaces) =>
      ofWorkspaces(facts, (workspace) => workspace).map(({ failure, ...found }) => ({
        ...found,
        ...(graces[failure] !== undefined && { grace: graces[failure] }),
      })),
    title: (workspace) => text`Tidewatch cannot read Braze (${workspace})`,
    consequence: "No alerts until this is fixed; Tidewatch then reads and evaluates every missed hour",
    passing: "Tidewatch can read Braze",
    grace: 10 * MINUTE,
    isVital: true,
  },
  quota: {
    failing: (facts: ReadWorkspaces) => [
      ...ofWorkspaces(facts, (workspace) => quotaOf(workspace, "default")),
      ...ofWorkspaces(facts, (workspace) => quotaOf(workspace, "purchases"), "purchases"),
    ],
    title: (workspace) => text`The Braze API quota is almost used up (${workspace})`,
    consequence:
      "Your own API calls come first; Tidewatch reads whole apps and open incidents first, and every hour in the end",
    passing: "the Braze API quota is not used up",
    grace: 10 * MINUTE,
    mayPass: true,
  },
  refused: {
    failing: ({ series, failures }: Read) =>
      series.flatMap(({ id, watchId, title }) => {
        const known = failures.get(id);
        return known ? [recorded(known, [title], watchId)] : [];
      }),
    title: (first, howMany) => text`Braze refuses requests for ${nameOr(first, howMany, "series")}`,
    consequence: "No alerts for this until it is fixed; all other series are evaluated",
    passing: "Braze refuses no series",
    grace: CLEAR,
    isGrouped: true,
  },
} as const satisfies Record<string, HealthCheck>;

/** How long a failure may last, where its kind says more than the check. */
const graces: Readonly<Record<string, number>> = {
  "braze-wrong-key": CLEAR,
  "braze-no-permission": CLEAR,
  "braze-wrong-url": CLEAR,
  "braze-unknown-workspace": CLEAR,
  // Both end at the next full hour, when the quota is reset.
  "braze-rate-limit": HOUR,
  "braze-quota-reserve": HOUR,
};

/** What Braze, or the way to it, answers for each series that it has refused for longer than mostly passes by itself. */
export function lastingRefusals(
  facts: Pick<Facts, "now" | "series" | "failures">,
): ReadonlyMap<string, string> {
  const { braze, refused } = brazeChecks;
  const lasting = (found: readonly Failing[], grace: number) =>
    new Set(found.filter((one) => facts.now - one.since >= (one.grace ?? grace)).map(({ of }) => of));
  const workspaces = lasting(braze.failing(facts), braze.grace);
  const watches = lasting(refused.failing(facts), refused.grace);
  return new Map(
    facts.series.flatMap(({ id, workspace, watchId }) => {
      const name = workspaces.has(workspace) ? workspace : watches.has(watchId) ? id : undefined;
      return name === undefined ? [] : [[id, facts.failures.get(name)!.failure] as const];
    }),
  );
}

/** The failures that are recorded under a name made from a watched workspace. */
const ofWorkspaces = (
  { series, failures }: ReadWorkspaces,
  nameOf: (workspace: string) => string,
  part?: "purchases",
): (Failing & { readonly failure: string })[] =>
  [...new Set(series.map(({ workspace }) => workspace))].flatMap((workspace) => {
    const known = failures.get(nameOf(workspace));
    if (!known) return [];
    const [title, of] = part
      ? [`workspace ${workspace}, ${part}`, `${workspace}.${part}`]
      : [`workspace ${workspace}`, workspace];
    return [{ ...recorded(known, [title], of), failure: known.failure }];
  });
