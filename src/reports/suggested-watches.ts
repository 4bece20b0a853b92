import { type Counted, metricOf } from "../metrics/metrics.ts";
import type { App } from "../series/app.ts";
import type { SeriesRef } from "../series/series.ts";
import { defaultRules, type Rules, type Watch } from "../settings/watch.ts";
import type { Preview } from "./preview.ts";

/** An app of a workspace; without an id all of its apps together. */
export type SuggestedApp = Pick<App, "workspace" | "name"> & { readonly app?: string };

/** A watch with the usual rules, before its channel is chosen. */
export interface SuggestedWatch extends Pick<Rules, "direction" | "minRelativeChange"> {
  readonly series: SeriesRef;
  readonly appName: string;
}

/** A suggested watch, and how it stands. */
export type Suggestion = { readonly suggested: SuggestedWatch } & (
  | { readonly kind: "watched"; readonly by: Watch }
  | { readonly kind: "backtested"; readonly preview: Preview }
  /** Braze counted nothing in the last weeks. */
  | { readonly kind: "empty" }
  | { readonly kind: "impossible"; readonly error: unknown }
);

/** The apps of a workspace; all of them together where none is known. */
export function appsToSuggest(
  workspace: string,
  apps: readonly App[],
  allApps: string,
): readonly SuggestedApp[] {
  const known = apps.filter((app) => app.workspace === workspace);
  return known.length > 0
    ? known.toSorted((a, b) => a.name.localeCompare(b.name, "en"))
    : [{ workspace, name: allApps }];
}

/** The usual watch on something of an app. */
export function suggestedWatch({ workspace, app, name }: SuggestedApp, counted: Counted): SuggestedWatch {
  const { units, direction, minRelativeChange = defaultRules.minRelativeChange } = metricOf(counted);
  return {
    series: { workspace, ...counted, ...(app && { app }), unit: units[0] },
    appName: name,
    direction,
    minRelativeChange,
  };
}
