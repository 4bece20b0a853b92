import type { SeriesProfile } from "../../detector/detector.ts";
import { type Preview, previewCooperatively } from "../../reports/preview.ts";
import { seriesId } from "../../series/series.ts";
import type { Bucket } from "../../time/time.ts";
import { checkRequest, namesOf, rulesOf, seriesOf, type WatchRequest } from "../actions/watch-request.ts";
import type { Profiles } from "../ports/profiles.ts";
import { runCooperatively } from "./cooperative.ts";
import type { PastReader } from "./history.ts";

export interface PreviewDeps {
  readonly past: PastReader;
  readonly profiles: Profiles;
  readonly isHoliday: (bucket: Bucket, profile: SeriesProfile) => boolean;
}

/** What is special about the app, where the person says otherwise than is set. */
export type AppSettings = Partial<Pick<SeriesProfile, "zone" | "country">>;

/**
 * What a watch would have said of its series' last weeks. Throws InputError for a request that cannot be watched, and
 * as Braze's source does where the series is not stored yet.
 */
export async function preview(
  request: WatchRequest,
  app: AppSettings,
  { past, profiles, isHoliday }: PreviewDeps,
): Promise<Preview> {
  checkRequest(request);
  const ref = seriesOf(request);
  const profile: SeriesProfile = { ...(await profiles())(seriesId(ref)), ...app };
  const { appName, segmentName } = namesOf(request);
  const frame = {
    title: segmentName ? [appName, segmentName] : [appName],
    isHoliday: (bucket: Bucket) => isHoliday(bucket, profile),
  };
  return runCooperatively(previewCooperatively(await past(ref, profile), profile, rulesOf(request), frame));
}
