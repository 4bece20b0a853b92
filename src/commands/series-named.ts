import type { Bot } from "../bot.ts";
import { InputError } from "../errors.ts";
import type { Item } from "../metrics/metric.ts";
import { type Counted, type MetricName, metricNameOf, metricOf } from "../metrics/metrics.ts";
import type { WatchRequest } from "../pipeline/actions/watch-request.ts";
import type { App } from "../series/app.ts";
import { ID_PATTERN } from "../series/series.ts";
import { isSameName } from "../text/same-name.ts";
import { DAY, MINUTE } from "../time/time.ts";
import { nearest } from "./grammar/nearest.ts";
import type { TypedWatch } from "./grammar/setting-table.ts";
import { shortened } from "./grammar/shortened.ts";

/** The parts of a request that identify the series, with their names; null: none. */
export interface SeriesNamed {
  readonly workspace: string;
  readonly metric: MetricName;
  readonly item?: string | null;
  readonly per?: Counted | null;
  readonly app?: string | null;
  readonly appName?: string | null;
  readonly segment?: string | null;
  readonly segmentName?: string | null;
}

/** Finds the typed workspace, event, app and segment, each by id or name. Throws InputError for an unknown one. */
export async function seriesNamed(
  typed: TypedWatch,
  base: Partial<WatchRequest>,
  bot: Bot,
): Promise<SeriesNamed> {
  const { workspace, app, segment } = typed;
  const named = app ? await appNamed(app, workspace ?? base.workspace, bot) : undefined;
  const space = workspaceNamed(workspace ?? named?.workspace ?? base.workspace, bot);
  return {
    workspace: space,
    ...(await countedNamed(typed, base, space, bot)),
    ...(await denominatorNamed(typed, space, bot)),
    ...(app !== undefined && { app: named?.app ?? app, appName: named?.name ?? null }),
    ...(segment !== undefined && (await segmentNamed(segment, space, bot))),
  };
}

/** What is counted. What the typed metric has no use for, such as the product of another one, is dropped. */
async function countedNamed(
  typed: TypedWatch,
  base: Partial<WatchRequest>,
  workspace: string,
  bot: Bot,
): Promise<Pick<SeriesNamed, "metric" | "item">> {
  const before = metricNameOf(base);
  const hasProduct = metricOf({ metric: before }).item?.parameter === "product";
  const metric = typed.metric ?? (typed.item === undefined || hasProduct ? before : "purchases");
  const { item } = metricOf({ metric });
  if (typed.item !== undefined)
    return {
      metric,
      item: typed.item && item ? await itemNamed(typed.item, item, workspace, bot) : typed.item,
    };
  const isKept = metricOf({ metric: before }).item?.parameter === item?.parameter;
  return { metric, item: isKept ? (base.item ?? null) : null };
}

/** What the typed ratio is divided by. */
async function denominatorNamed(
  { per }: TypedWatch,
  workspace: string,
  bot: Bot,
): Promise<Pick<SeriesNamed, "per">> {
  if (!per) return per === null ? { per } : {};
  const { item } = metricOf(per);
  return {
    per:
      item && per.item !== undefined
        ? { ...per, item: await itemNamed(per.item, item, workspace, bot) }
        : per,
  };
}

/** The name of a custom event or product as Braze lists it. Throws InputError for one that it does not list. */
async function itemNamed(typed: string, item: Item, workspace: string, { items }: Bot): Promise<string> {
  for (const age of [DAY, JUST_NOW]) {
    const names = await items(workspace, item, age).catch(() => undefined);
    // Where names cannot be listed, any is accepted: it is what Braze is asked for.
    if (!names) return typed;
    const found = names.includes(typed) ? [typed] : names.filter((name) => isSameName(name, typed));
    if (found.length > 1)
      throw new InputError(
        `several ${item.noun}s are called "${shortened(typed)}". Type one exactly as Braze writes it: ${found.map((name) => `"${shortened(name)}"`).join(", ")}`,
        { field: "item" },
      );
    if (found[0] !== undefined) return found[0];
    const meant = nearest(typed, names);
    // It may have been created since the list was read.
    if (age === JUST_NOW)
      throw new InputError(
        `Braze has no ${item.noun} "${shortened(typed)}" in this workspace. ${meant ? `Did you mean "${shortened(meant)}"?` : "Check its spelling in Braze"}`,
        { field: "item" },
      );
  }
  return typed;
}

/** A list as new as this was read for the same command, or for one just before. */
const JUST_NOW = 5 * MINUTE;

/** The configured workspace with this name, or the only one. Throws InputError for an unknown one. */
export function workspaceNamed(name: string | undefined, { workspaces }: Bot): string {
  const names = workspaces.map((workspace) => workspace.name);
  if (name === undefined && names.length === 1) return names[0]!;
  const known = names.find((one) => name !== undefined && isSameName(one, name));
  if (known) return known;
  throw new InputError(
    name === undefined
      ? `in which workspace? Add workspace:NAME, one of ${names.join(", ")}`
      : `unknown workspace "${shortened(name)}". Use one of: ${names.join(", ")}`,
  );
}

async function appNamed(typed: string, workspace: string | undefined, bot: Bot): Promise<App | undefined> {
  const all = (await appsOf(bot)).filter((app) => workspace === undefined || app.workspace === workspace);
  const found = exactOr(
    all.filter(({ app, name }) => app === typed || isSameName(name, typed)),
    typed,
  );
  if (found.length > 1)
    throw new InputError(
      `several apps are called "${shortened(typed)}". Type the API identifier of one: ${found.map(({ app, workspace }) => `${app} (workspace ${workspace})`).join(", ")}`,
    );
  if (found[0] || ID_PATTERN.test(typed)) return found[0];
  const meant = nearest(
    typed,
    all.map(({ name }) => name),
  );
  throw new InputError(
    `no app is called "${shortened(typed)}". ${meant ? `Did you mean "${meant}"?` : "Type its API identifier from Braze under Settings → APIs and Identifiers"}`,
  );
}

/** Among equal-looking names, the one with exactly the typed letters. */
function exactOr<Named extends { readonly name: string }>(found: Named[], typed: string): Named[] {
  const exact = found.filter(({ name }) => name === typed);
  return exact.length === 1 ? exact : found;
}

/** The apps with a name of their own, and those that only a watch has named. */
async function appsOf({ apps, watches }: Bot): Promise<App[]> {
  const watched = (await watches.all()).flatMap(({ appName: name, series: { workspace, app } }) =>
    app ? [{ workspace, app, name }] : [],
  );
  const all = [...(await apps.all()), ...watched];
  return [...new Map(all.reverse().map((one) => [`${one.workspace}.${one.app}`, one])).values()];
}

async function segmentNamed(
  typed: string | null,
  workspace: string,
  { segments }: Bot,
): Promise<Pick<SeriesNamed, "segment" | "segmentName">> {
  if (typed === null) return { segment: null, segmentName: null };
  const all = await segments(workspace);
  const found = exactOr(
    all.filter(({ id, name }) => id === typed || isSameName(name, typed)),
    typed,
  );
  if (found.length > 1)
    throw new InputError(`several segments are called "${shortened(typed)}". Type the API identifier of one`);
  const [one] = found;
  if (one && !one.isTracked)
    throw new InputError(
      `Braze counts nothing for "${shortened(one.name)}". Turn on analytics tracking for this segment in Braze`,
    );
  if (one) return { segment: one.id, segmentName: one.name };
  // Where segments cannot be listed, an id is accepted: Braze is asked for it anyway.
  if (ID_PATTERN.test(typed)) return { segment: typed, segmentName: null };
  const meant = nearest(
    typed,
    all.map(({ name }) => name),
  );
  throw new InputError(
    `no segment is called "${shortened(typed)}"${meant ? `. Did you mean "${meant}"?` : ""}`,
  );
}
