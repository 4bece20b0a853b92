import type { SeriesProfile } from "../../detector/detector.ts";
import { type Preview, previewCooperatively } from "../../reports/preview.ts";
import { seriesId } from "../../series/series.ts";
import { titleNames } from "../../settings/watch.ts";
import type { Bucket } from "../../time/time.ts";
import { checkRequest, namesOf, rulesOf, seriesOf, type WatchRequest } from "../actions/watch-request.ts";
import type { Context } from "../context.ts";
import { runCooperatively } from "./cooperative.ts";
/** The app's settings, when the person chooses other ones. */
export type AppSettings = Partial<Pick<SeriesProfile, "zone" | "country">>;

/**
 * What a watch would have alerted about in its series' last weeks. Throws InputError for an invalid request, and as
 * Braze's source does when the series is not stored yet.
 */
export async function preview(
  request: WatchRequest,
  app: AppSettings,
  { past, profiles, isHoliday }: Pick<Context, "past" | "profiles" | "isHoliday">,
): Promise<Preview> {
  checkRequest(request);
  const ref = seriesOf(request);
  const profile: SeriesProfile = { ...(await profiles())(seriesId(ref)), ...app };
  const frame = {
    title: titleNames({ ...namesOf(request), series: ref }),
    series: ref,
    isHoliday: (bucket: Bucket) => isHoliday(bucket, profile),
  };
  return runCooperatively(previewCooperatively(await past(ref, profile), profile, rulesOf(request), frame));
}
