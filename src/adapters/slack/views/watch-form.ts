import type { App } from "../../../core/app.ts";
import type { Unit } from "../../../core/time.ts";
import type { Direction } from "../../../core/verdict.ts";
import { defaultRules, type Watch } from "../../../core/watch.ts";
import { choiceIn, type FormValues, fieldIn, textIn, ticksIn } from "./form.ts";

/** What stands in the form of a watch: as it was typed or chosen, right or wrong. */
export interface WatchForm {
  readonly workspace: string;
  /** An app's id, `ALL_APPS`, or `NEW_APP` where its id is typed. */
  readonly app: string;
  readonly appId?: string;
  readonly appName?: string;
  readonly segment?: ChosenSegment;
  readonly unit: Unit;
  readonly channel?: string;
  readonly direction: Direction | "both";
  readonly sensitivity: "low" | "normal" | "high" | "budget";
  readonly budget?: string;
  /** In percent. */
  readonly minChange?: string;
  readonly minSessions?: string;
  /** `22:00`. */
  readonly quietFrom?: string;
  readonly quietTo?: string;
  /** Weekdays, `0` for Monday. */
  readonly quietDays: readonly string[];
  readonly quietCritical: boolean;
  readonly owner?: string;
  readonly ownerGroup?: string;
  readonly runbook?: string;
  readonly zone?: string;
  readonly country?: string;
}

/** A segment as it was chosen from the list, which shows names and marks those without sessions. */
export interface ChosenSegment {
  readonly id: string;
  readonly name: string;
  readonly isTracked: boolean;
}

export const ALL_APPS = "*all";
export const NEW_APP = "*new";

/** What an id is led by where its segment is not tracked: no id of Braze begins so. */
const UNTRACKED = "untracked ";

/** What comes back from the choice of a segment. */
export const segmentValue = ({ id, isTracked }: Pick<ChosenSegment, "id" | "isTracked">): string =>
  isTracked ? id : `${UNTRACKED}${id}`;

/** The form of a watch that is not there yet. */
export const emptyForm = (workspace: string, channel?: string): WatchForm => ({
  workspace,
  app: ALL_APPS,
  unit: "hour",
  ...(channel && { channel }),
  direction: defaultRules.direction,
  sensitivity: "normal",
  minChange: String(defaultRules.minRelativeChange * 100),
  quietDays: [],
  quietCritical: false,
});

/** The form of a watch as it is. */
export function formOf(watch: Watch, apps: readonly App[]): WatchForm {
  const { series, sensitivity, quiet, owner, runbook } = watch;
  const known = apps.find(({ workspace, app }) => workspace === series.workspace && app === series.app);
  return {
    workspace: series.workspace,
    app: series.app === undefined ? ALL_APPS : known ? series.app : NEW_APP,
    ...(series.app && !known && { appId: series.app, appName: watch.appName }),
    ...(series.segment && {
      segment: { id: series.segment, name: watch.segmentName ?? series.segment, isTracked: true },
    }),
    unit: series.unit,
    channel: watch.channel,
    direction: watch.direction,
    sensitivity: typeof sensitivity === "string" ? sensitivity : "budget",
    ...(typeof sensitivity === "object" && { budget: String(sensitivity.alertsPerMonth) }),
    minChange: String(Math.round(watch.minRelativeChange * 1_000) / 10),
    minSessions: String(watch.minAbsoluteChange),
    ...(quiet && { quietFrom: clockOf(quiet.from), quietTo: clockOf(quiet.to) }),
    quietDays: (quiet?.days ?? []).map(String),
    quietCritical: quiet?.critical ?? false,
    ...(owner && (owner.startsWith("S") ? { ownerGroup: owner } : { owner })),
    ...(runbook && { runbook }),
    ...(known?.zone && { zone: known.zone }),
    ...(known?.country && { country: known.country }),
  };
}

/** Reads the form as it stands; what is not shown is as it was before. */
export function readWatchForm(values: FormValues, before: WatchForm): WatchForm {
  const workspace = choiceIn(values, "workspace") ?? before.workspace;
  const segment = segmentIn(values);
  const app = choiceIn(values, "app") ?? before.app;
  const said = {
    appId: textIn(values, "appId"),
    appName: textIn(values, "appName"),
    segment,
    channel: fieldIn(values, "channel").selected_conversation ?? undefined,
    budget: textIn(values, "budget"),
    minChange: textIn(values, "minChange"),
    minSessions: textIn(values, "minSessions"),
    quietFrom: fieldIn(values, "quietFrom").selected_time ?? undefined,
    quietTo: fieldIn(values, "quietTo").selected_time ?? undefined,
    owner: fieldIn(values, "owner").selected_user ?? undefined,
    ownerGroup: textIn(values, "ownerGroup"),
    runbook: textIn(values, "runbook"),
    zone: choiceIn(values, "zone"),
    country: textIn(values, "country"),
  };
  return {
    workspace,
    app,
    unit: choiceIn(values, "unit") === "day" ? "day" : "hour",
    direction: oneOf(choiceIn(values, "direction"), ["both", "drop", "spike"], before.direction),
    sensitivity: oneOf(
      choiceIn(values, "sensitivity"),
      ["low", "normal", "high", "budget"],
      before.sensitivity,
    ),
    quietDays: ticksIn(values, "quietDays"),
    quietCritical: ticksIn(values, "quietCritical").length > 0,
    ...(Object.fromEntries(
      Object.entries(said).filter(([, value]) => value !== undefined),
    ) as Partial<WatchForm>),
  };
}

function segmentIn(values: FormValues): ChosenSegment | undefined {
  const { value, text } = fieldIn(values, "segment").selected_option ?? {};
  if (!value) return undefined;
  const isTracked = !value.startsWith(UNTRACKED);
  return { id: isTracked ? value : value.slice(UNTRACKED.length), name: text?.text ?? value, isTracked };
}

const oneOf = <Word extends string>(
  word: string | undefined,
  words: readonly Word[],
  otherwise: Word,
): Word => words.find((known) => known === word) ?? otherwise;

const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
