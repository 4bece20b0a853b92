import { metricOf } from "../../metrics/metrics.ts";
import { DAY, MINUTE } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { SeriesSource } from "../ports/braze.ts";

export interface CompanyZoneOptions extends Pick<Context, "companyZones" | "clock"> {
  /** Reads the zone from Braze; undefined where nothing there names it. */
  readonly askCompanyZone: (workspace: string) => Promise<string | undefined>;
}

/** How long after a refusal Braze is not asked again: a key that may not read the zone answers each series alike. */
const REFUSED_FOR = 30 * MINUTE;

/**
 * A source that learns from Braze, once a day, by which clock the company's days begin, before it reads days. Where Braze
 * does not say, what is known stays, and else the setting counts.
 */
export function learningCompanyZone(
  source: SeriesSource,
  { askCompanyZone, companyZones, clock }: CompanyZoneOptions,
): SeriesSource {
  const dueAt = new Map<string, number>();
  const learning = new Map<string, Promise<void>>();

  async function learn(workspace: string): Promise<void> {
    try {
      const zone = await askCompanyZone(workspace);
      dueAt.set(workspace, clock() + DAY);
      if (zone !== undefined) await companyZones.save(workspace, zone);
    } catch {
      dueAt.set(workspace, clock() + REFUSED_FOR);
    } finally {
      learning.delete(workspace);
    }
  }

  return {
    async points(series, ...span) {
      const { workspace, unit } = series;
      // A nightly snapshot is taken by the clock of UTC.
      const isByCompany = unit === "day" && metricOf(series).snapshotAt === undefined;
      if (isByCompany && clock() >= (dueAt.get(workspace) ?? 0)) {
        // Many series at once ask once.
        const asked = learning.get(workspace) ?? learn(workspace);
        learning.set(workspace, asked);
        await asked;
      }
      return source.points(series, ...span);
    },
  };
}
