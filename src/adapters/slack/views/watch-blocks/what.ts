import type { AnyBlock, PlainTextOption } from "@slack/types";
import type { App } from "../../../../series/app.ts";
import { LONGEST_NAME } from "../../../../settings/limits.ts";
import { option, plain, select } from "../../blocks/elements.ts";
import { input } from "../form.ts";
import { ALL_APPS, NEW_APP, segmentValue, type WatchForm } from "../watch-form.ts";
import { text, watchAction } from "./fields.ts";

/** The remaining options out of 100 beside "all" and "another". */
const MOST_APPS = 98;

/** The watched series: workspace, app, segment, unit. */
export function whatBlocks(form: WatchForm, workspaces: readonly string[], apps: readonly App[]): AnyBlock[] {
  const { workspace, app, appId, appName, segment, unit } = form;
  const known = apps.filter((one) => one.workspace === workspace).slice(0, MOST_APPS);
  const choice = (field: string, options: readonly PlainTextOption[], chosen: string) =>
    select(watchAction(field), "Choose…", options, chosen);
  return [
    ...(workspaces.length > 1
      ? [
          input(
            "workspace",
            "Braze workspace",
            choice(
              "workspace",
              workspaces.slice(0, 100).map((name) => option(name, name)),
              workspace,
            ),
            { dispatch: true },
          ),
        ]
      : []),
    input(
      "app",
      "App",
      choice(
        "app",
        [
          option("All apps together", ALL_APPS),
          ...known.map(({ name, app: id }) => option(name, id)),
          option("Another app…", NEW_APP),
        ],
        app,
      ),
      { dispatch: true, of: workspace },
    ),
    ...(app === NEW_APP
      ? [
          input("appId", "The app's API identifier", text("appId", appId, 64), {
            hint: "In Braze under Settings → APIs and Identifiers",
            dispatch: true,
          }),
          input("appName", "Display name", text("appName", appName, LONGEST_NAME)),
        ]
      : []),
    input(
      "segment",
      "Segment",
      {
        type: "external_select",
        action_id: watchAction("segment"),
        placeholder: plain("All users", 150),
        min_query_length: 0,
        ...(segment && { initial_option: option(segment.name, segmentValue(segment)) }),
      },
      { hint: "Leave empty to watch all users", optional: true, dispatch: true, of: workspace },
    ),
    input("unit", "Interval", choice("unit", [option("Hour", "hour"), option("Day", "day")], unit), {
      dispatch: true,
    }),
  ];
}
