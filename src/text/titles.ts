import { type MuteScope, scopeName } from "../notifications/mute.ts";
import { seriesId } from "../series/series.ts";
import { type Watch, watchTitle } from "../settings/watch.ts";

/** The name of all apps of a workspace together. */
export const ALL_APPS_TITLE = "All apps";

/** The name of an app, from its watches; its id if it has none. */
export const appTitle = (workspace: string, app: string, watches: readonly Watch[]): string =>
  watches.find(({ series }) => series.workspace === workspace && series.app === app)?.appName ?? app;

/** The name of a series, from its watches; its id if it has none. */
export function seriesTitle(id: string, watches: readonly Watch[]): string {
  const watch = watches.find(({ series }) => seriesId(series) === id);
  return watch ? watchTitle(watch) : id;
}

/**
 * The name of a mute's scope, from the watches.
 * @example scopeTitle({ kind: "app", workspace: "main", app: "0a1b" }, [ofIos]); // => "app iOS"
 */
export function scopeTitle(scope: MuteScope, watches: readonly Watch[]): string {
  switch (scope.kind) {
    case "watch": {
      const watch = watches.find(({ id }) => id === scope.watch);
      return watch ? `watch ${watchTitle(watch)}` : scopeName(scope);
    }
    case "app":
      return scope.app === "all"
        ? "all apps together"
        : `app ${appTitle(scope.workspace, scope.app, watches)}`;
    case "channel":
      return scopeName(scope);
  }
}
