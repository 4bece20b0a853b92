import type { Bot } from "../bot.ts";
import { InputError } from "../errors.ts";
import type { Item } from "../metrics/metric.ts";
import {
  type Counted,
  isMetric,
  type MetricName,
  metricNameOf,
  metricNames,
  metricOf,
} from "../metrics/metrics.ts";
import type { WatchRequest } from "../pipeline/actions/watch-request.ts";
import type { ListedItem } from "../pipeline/ports/braze.ts";
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
  readonly itemName?: string | null;
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
  const counted = await countedNamed(typed, base, space, bot);
  return {
    workspace: space,
    ...counted,
    ...(await denominatorNamed(typed, counted, space, bot)),
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
): Promise<Pick<SeriesNamed, "metric" | "item" | "itemName">> {
  const metric = metricTyped(typed, metricNameOf(base));
  const { item } = metricOf({ metric });
  const wanted = typed.campaign ?? typed.canvas ?? typed.item;
  if (wanted === null || (wanted !== undefined && !item)) return { metric, item: wanted, itemName: null };
  if (wanted !== undefined && item) {
    const { id, name } = await itemNamed(wanted, item, workspace, bot);
    return { metric, item: id, itemName: item.isId ? name : null };
  }
  const isKept = metricOf({ metric: metricNameOf(base) }).item?.parameter === item?.parameter;
  return isKept
    ? { metric, item: base.item ?? null, itemName: base.itemName ?? null }
    : { metric, item: null, itemName: null };
}

/** The metric that is typed, or that follows from what it is counted for; else the one before. */
function metricTyped(typed: TypedWatch, before: MetricName): MetricName {
  const { metric = before, campaign, canvas, item } = typed;
  if (campaign !== undefined) return metricOfMessages(typed.metric, before, "campaign", "sends");
  if (canvas !== undefined) return metricOfMessages(typed.metric, before, "canvas", "canvas-entries");
  const hasProduct = parameterOf(before) === "product";
  return typed.metric ?? (item === undefined || hasProduct ? metric : "purchases");
}

const parameterOf = (metric: MetricName) => metricOf({ metric }).item?.parameter;

/** Sends are typed the same for a campaign and for a Canvas. */
function metricOfMessages(
  typed: MetricName | undefined,
  before: MetricName,
  parameter: "campaign" | "canvas",
  usual: MetricName,
): MetricName {
  const ofCanvas = `canvas-${typed}`;
  const meant = parameter === "canvas" && isMetric(ofCanvas) ? ofCanvas : typed;
  const metric = meant ?? (parameterOf(before) === parameter ? before : usual);
  if (parameterOf(metric) === parameter) return metric;
  const known = metricNames.filter((name) => parameterOf(name) === parameter);
  throw new InputError(
    `Braze has no ${metricOf({ metric }).noun[1]} of a ${parameter}. Use one of: ${known.join(", ")}`,
    { field: "metric" },
  );
}

/** What the typed ratio is divided by: of the same campaign or Canvas unless another is named. */
async function denominatorNamed(
  { per }: TypedWatch,
  over: Pick<SeriesNamed, "metric" | "item">,
  workspace: string,
  bot: Bot,
): Promise<Pick<SeriesNamed, "per">> {
  if (!per) return per === null ? { per } : {};
  const ofCanvas = `canvas-${metricNameOf(per)}`;
  const metric = parameterOf(over.metric) === "canvas" && isMetric(ofCanvas) ? ofCanvas : metricNameOf(per);
  const { item } = metricOf({ metric });
  if (item && per.item !== undefined)
    return { per: { metric, item: (await itemNamed(per.item, item, workspace, bot)).id } };
  const isSame = item?.isId && parameterOf(over.metric) === item.parameter;
  return { per: { ...per, metric, ...(isSame && over.item && { item: over.item }) } };
}

/** The custom event, product, campaign or Canvas as Braze lists it. Throws InputError for one that it does not list. */
async function itemNamed(typed: string, item: Item, workspace: string, { items }: Bot): Promise<ListedItem> {
  for (const age of [DAY, JUST_NOW]) {
    const all = await items(workspace, item, age).catch(() => undefined);
    if (!all) return unlisted(typed, item);
    const found = exactOr(
      all.filter(({ id, name }) => id === typed || isSameName(name, typed)),
      typed,
    );
    if (found.length > 1)
      throw new InputError(
        item.isId
          ? `more than one ${item.noun} is called "${shortened(typed)}". Type the API identifier of one: ${found.map(({ id }) => id).join(", ")}`
          : `several ${item.noun}s are called "${shortened(typed)}". Type one exactly as Braze writes it: ${found.map(({ name }) => `"${shortened(name)}"`).join(", ")}`,
        { field: "item" },
      );
    if (found[0] !== undefined) return found[0];
    const meant = nearest(
      typed,
      all.map(({ name }) => name),
    );
    // It may have been created since the list was read.
    if (age === JUST_NOW)
      throw new InputError(
        `Braze has no ${item.noun} "${shortened(typed)}" in this workspace. ${meant ? `Did you mean "${shortened(meant)}"?` : item.isId ? "Check its spelling in Braze, and that it is not archived" : "Check its spelling in Braze"}`,
        { field: "item" },
      );
  }
  return unlisted(typed, item);
}

/** Where names cannot be listed, any is accepted if it is what Braze is asked for. */
function unlisted(typed: string, { noun, isId, listPermission }: Item): ListedItem {
  if (!isId || ID_PATTERN.test(typed)) return { id: typed, name: typed };
  throw new InputError(
    `the names in Braze cannot be read. Type the API identifier of the ${noun}, which Braze shows with it, or give the key the permission ${listPermission}`,
    { field: "item" },
  );
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

/** The app with this id or name; undefined for the id of an unknown one. Throws InputError for an unknown name. */
export async function appNamed(
  typed: string,
  workspace: string | undefined,
  bot: Bot,
): Promise<App | undefined> {
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
/** The apps that have a name, and those that are watched. */
export async function appsOf({ apps, watches }: Pick<Bot, "apps" | "watches">): Promise<App[]> {
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
