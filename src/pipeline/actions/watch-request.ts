import { InputError } from "../../errors.ts";
import { countedOf, hasItemName, isMetric, type Measured, metricNames } from "../../metrics/metrics.ts";
import type { QuietHours } from "../../notifications/quiet-hours.ts";
import { unreadable } from "../../series/readable.ts";
import { ID_PATTERN, type SeriesRef } from "../../series/series.ts";
import { isAddress, MOST_FALSE_ALARMS } from "../../settings/limits.ts";
import { defaultRules, type Rules, type Watch } from "../../settings/watch.ts";
import { settingErrors } from "../../text/settings-errors.ts";
import { ALL_APPS_TITLE } from "../../text/titles.ts";
import type { Unit } from "../../time/time.ts";

/** A request to add or edit a watch. */
export interface WatchRequest extends Partial<Rules>, Measured {
  readonly workspace: string;
  readonly app?: string;
  readonly appName?: string;
  /** The name of the campaign or Canvas. */
  readonly itemName?: string;
  readonly segment?: string;
  readonly segmentName?: string;
  readonly unit: Unit;
  readonly channel: string;
  readonly quiet?: QuietHours;
  readonly owner?: string;
  readonly runbook?: string;
}

/** The request that would create this watch. */
export const requestOf = ({
  id: _,
  series,
  createdAt: __,
  thresholdAdjustment: ___,
  ...rest
}: Watch): WatchRequest => ({
  ...rest,
  ...series,
});

const CHANNEL_PATTERN = /^[CGD][A-Z0-9]{6,}$/;
const OWNER_PATTERN = /^[UWS][A-Z0-9]{6,}$/;
/** Throws InputError for a series, channel or mention that is malformed. Does not ask Braze whether the ids exist. */
export function checkRequest(request: WatchRequest): void {
  const { workspace, app, segment, channel, owner, runbook } = request;
  if (!ID_PATTERN.test(workspace)) {
    throw new InputError(`unknown workspace "${workspace}". Use one of BRAZE_WORKSPACE, for example main`, {
      field: "workspace",
    });
  }
  for (const { metric } of [request, request.per ?? {}])
    if (metric !== undefined && !isMetric(metric))
      throw new InputError(`unknown metric "${metric}". Use one of: ${metricNames.join(", ")}`, {
        field: "metric",
      });
  checkId("app", app);
  checkId("segment", segment);
  const found = unreadable(request);
  if (found) throw new InputError(found.problem, { field: found.field });
  if (!CHANNEL_PATTERN.test(channel)) {
    throw new InputError(
      `"${channel}" is not a Slack channel id. Open the channel's details in Slack and copy the id at the bottom, for example C0123456789`,
      { field: "channel" },
    );
  }
  if (owner !== undefined && !OWNER_PATTERN.test(owner)) {
    throw new InputError(
      `"${owner}" is not a Slack user or user group. Copy the id from the profile, for example U0123456789 or S0123456789`,
      { field: "owner" },
    );
  }
  if (runbook !== undefined && !isAddress(runbook)) {
    throw new InputError(settingErrors.runbook(runbook), { field: "runbook" });
  }
  checkRules(request);
}

function checkRules({
  sensitivity,
  minRelativeChange = 0,
  minAbsoluteChange = 0,
  minCriticalChange = 0,
}: WatchRequest): void {
  if (typeof sensitivity === "object") {
    const { alertsPerMonth } = sensitivity;
    if (!(alertsPerMonth > 0 && alertsPerMonth <= MOST_FALSE_ALARMS))
      throw new InputError(settingErrors.falseAlarms(String(alertsPerMonth)), { field: "falseAlarms" });
  }
  if (!(minRelativeChange >= 0 && minRelativeChange <= 1))
    throw new InputError(settingErrors.minChange(`${minRelativeChange * 100}%`), { field: "minChange" });
  if (!(minAbsoluteChange >= 0 && Number.isFinite(minAbsoluteChange)))
    throw new InputError(settingErrors.minCount(String(minAbsoluteChange)), { field: "minCount" });
  if (!(minCriticalChange >= 0 && Number.isFinite(minCriticalChange)))
    throw new InputError(settingErrors.criticalFrom(String(minCriticalChange)), { field: "criticalFrom" });
}

function checkId(what: "app" | "segment", id: string | undefined): void {
  if (id === undefined) return;
  if (id === "all" || !ID_PATTERN.test(id)) {
    throw new InputError(
      `"${id}" is not a Braze ${what} id. Copy the API identifier from Braze under Settings → APIs and Identifiers${
        what === "app" ? "; leave it out to watch all apps" : " → Segments; leave it out to watch all users"
      }`,
      { field: what },
    );
  }
}

/** The series that a request names. */
export const seriesOf = ({ workspace, metric, item, per, app, segment, unit }: WatchRequest): SeriesRef => ({
  workspace,
  ...countedOf({ metric, item }),
  ...(per && { per: countedOf(per) }),
  ...(app && { app }),
  ...(segment && { segment }),
  unit,
});

/** The names of what a request is about; an empty name counts as left out. */
export const namesOf = (request: WatchRequest) => {
  const { app, appName, item, itemName, segment, segmentName } = request;
  const ofItem = hasItemName(request) && (itemName || item);
  const ofSegment = segmentName || segment;
  return {
    appName: appName || app || ALL_APPS_TITLE,
    ...(ofItem && { itemName: ofItem }),
    ...(ofSegment && { segmentName: ofSegment }),
  };
};

/** The rules of a request, with defaults for those it leaves out. */
export const rulesOf = (request: Partial<Rules>): Rules => {
  const { direction, sensitivity, minRelativeChange, minAbsoluteChange, minCriticalChange } = request;
  return {
    ...defaultRules,
    ...(direction && { direction }),
    ...(sensitivity && { sensitivity }),
    ...(minRelativeChange !== undefined && { minRelativeChange }),
    ...(minAbsoluteChange !== undefined && { minAbsoluteChange }),
    ...(minCriticalChange !== undefined && { minCriticalChange }),
  };
};

/** The watch that a request describes, before it has a name and a beginning. */
export const asRequested = (request: WatchRequest): Omit<Watch, "id" | "createdAt"> => {
  const { channel, quiet, owner, runbook } = request;
  return {
    ...rulesOf(request),
    series: seriesOf(request),
    ...namesOf(request),
    channel,
    ...(quiet && { quiet }),
    ...(owner && { owner }),
    ...(runbook && { runbook }),
  };
};
