import { brazeMetricOf, metricOf } from "../../../metrics/metrics.ts";
import type { QuietHours } from "../../../notifications/quiet-hours.ts";
import type { App } from "../../../series/app.ts";
import { ID_PATTERN } from "../../../series/series.ts";
import { MOST_FALSE_ALARMS } from "../../../settings/limits.ts";
import type { Watch } from "../../../settings/watch.ts";
import { watchFormErrors } from "../../../text/forms/watch.ts";
import { sentence, settingErrors } from "../../../text/settings-errors.ts";
import { ALL_APPS_TITLE } from "../../../text/titles.ts";
import { canonicalPlace } from "../../../time/holidays.ts";
import { ALL_APPS, NEW_APP, type WatchForm } from "./watch-form.ts";

/** The request of a form, as the pipeline takes it. */
export interface WatchAnswer {
  readonly request: Pick<Watch, "appName" | "channel" | "direction" | "sensitivity"> &
    Pick<Watch, "minRelativeChange"> &
    Partial<
      Pick<
        Watch,
        "minAbsoluteChange" | "minCriticalChange" | "itemName" | "segmentName" | "quiet" | "owner" | "runbook"
      >
    > &
    Watch["series"];
  /** The app with its new name, zone and country, if the watch is on one app. */
  readonly app?: App;
}

/** Reads the request from a form, or the errors by field. */
export function answerOf(
  form: WatchForm,
  apps: readonly App[],
): WatchAnswer | { readonly errors: Readonly<Record<string, string>> } {
  const errors: Record<string, string> = {};
  const check = <Value>(field: string, read: Value | string | undefined): Value | undefined => {
    if (typeof read !== "string") return read;
    errors[field] = read;
    return undefined;
  };
  const app = appOf(form, apps, errors);
  const alertsPerMonth = check("falseAlarms", alertsPerMonthOf(form));
  const minRelativeChange = check("minChange", numberOf(form.minChange ?? "0", 100, settingErrors.minChange));
  const floorOf = (field: "minCount" | "criticalFrom") => {
    const typed = form[field];
    return typed ? check(field, numberOf(typed, 1e9, settingErrors[field])) : undefined;
  };
  const minAbsoluteChange = floorOf("minCount");
  const minCriticalChange = floorOf("criticalFrom");
  const quiet = check("quietTo", quietOf(form));
  const { segment } = metricOf(form);
  const item = brazeMetricOf(form).item;
  const perItem = form.per && brazeMetricOf(form.per).item;
  if (item?.isRequired && form.item === undefined) errors.item = watchFormErrors.item(item);
  if (perItem?.isRequired && form.per?.item === undefined) errors.perItem = watchFormErrors.item(perItem);
  if (segment === "required" && !form.segment) errors.segment = watchFormErrors.segment;
  if (form.segment && !form.segment.isTracked) errors.segment = watchFormErrors.untracked;
  if (!form.channel) errors.channel = watchFormErrors.channel;
  if (form.owner && form.ownerGroup) errors.ownerGroup = watchFormErrors.twoOwners;
  if (form.country && !canonicalPlace(form.country)) errors.country = watchFormErrors.country;
  if (Object.keys(errors).length > 0 || !form.channel) return { errors };

  const owner = form.owner ?? form.ownerGroup;
  return {
    request: {
      workspace: form.workspace,
      ...(form.metric && { metric: form.metric }),
      ...(form.item !== undefined && { item: form.item }),
      ...(form.itemName !== undefined && { itemName: form.itemName }),
      ...(form.per && { per: form.per }),
      ...(app && { app: app.app }),
      appName: app?.name ?? ALL_APPS_TITLE,
      ...(form.segment && { segment: form.segment.id, segmentName: form.segment.name }),
      unit: form.unit,
      channel: form.channel,
      direction: form.direction,
      sensitivity: form.sensitivity === "custom" ? (alertsPerMonth ?? "normal") : form.sensitivity,
      minRelativeChange: (minRelativeChange ?? 0) / 100,
      ...(minAbsoluteChange !== undefined && { minAbsoluteChange }),
      ...(minCriticalChange !== undefined && { minCriticalChange }),
      ...(quiet && { quiet }),
      ...(owner && { owner }),
      ...(form.runbook && { runbook: form.runbook }),
    },
    ...(app && { app }),
  };
}

function appOf(form: WatchForm, apps: readonly App[], errors: Record<string, string>): App | undefined {
  const { workspace, zone } = form;
  const country = form.country && canonicalPlace(form.country);
  if (form.app === ALL_APPS) return undefined;
  const own = { ...(zone && { zone }), ...(country && { country }) };
  if (form.app !== NEW_APP) {
    const known = apps.find((app) => app.workspace === workspace && app.app === form.app);
    return { workspace, app: form.app, name: known?.name ?? form.app, ...own };
  }
  const { appId, appName } = form;
  if (!appId || !ID_PATTERN.test(appId)) errors.appId = watchFormErrors.appId;
  if (!appName) errors.appName = watchFormErrors.appName;
  return appId && appName ? { workspace, app: appId, name: appName, ...own } : undefined;
}

function alertsPerMonthOf({
  sensitivity,
  falseAlarms = "",
}: WatchForm): { alertsPerMonth: number } | string | undefined {
  if (sensitivity !== "custom") return undefined;
  const alerts = numberOf(falseAlarms, MOST_FALSE_ALARMS, settingErrors.falseAlarms);
  if (typeof alerts === "string") return alerts;
  return alerts > 0 ? { alertsPerMonth: alerts } : sentence(settingErrors.falseAlarms(`"${falseAlarms}"`));
}

/** Reads a number of at least 0. A string says what is wrong. */
function numberOf(text: string, most: number, error: (typed: string) => string): number | string {
  const value = Number(text.replace(",", "."));
  return text.trim() !== "" && value >= 0 && value <= most ? value : sentence(error(`"${text}"`));
}

function quietOf({
  quietFrom,
  quietTo,
  quietDays,
  quietCritical,
}: WatchForm): QuietHours | string | undefined {
  if (!quietFrom && !quietTo) return undefined;
  if (!quietFrom || !quietTo) return watchFormErrors.quietHalf;
  // From midnight to midnight means the whole day.
  const [from, to] = [minutesOf(quietFrom), minutesOf(quietTo) || 24 * 60];
  if (from === to) return watchFormErrors.quietEmpty;
  const days = quietDays.map(Number).toSorted((a, b) => a - b);
  return { from, to, ...(days.length > 0 && days.length < 7 && { days }), critical: quietCritical };
}

const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
};
