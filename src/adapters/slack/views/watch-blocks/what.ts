import type { AnyBlock, PlainTextOption } from "@slack/types";
import type { App } from "../../../../series/app.ts";
import { LONGEST_NAME } from "../../../../settings/limits.ts";
import { watchForm as words } from "../../../../text/forms/watch.ts";
import { option, plain, select } from "../../blocks/elements.ts";
import { input } from "../form.ts";
import { ALL_APPS, NEW_APP, segmentValue, type WatchForm } from "../watch-form.ts";
import { text, watchAction } from "./fields.ts";

/** The remaining options out of 100 beside "all" and "another". */
const MOST_APPS = 98;

const UNITS = Object.entries(words.unit.options).map(([value, name]) => option(name, value));

/** The watched series: workspace, app, segment, unit. */
export function whatBlocks(form: WatchForm, workspaces: readonly string[], apps: readonly App[]): AnyBlock[] {
  const { workspace, app, appId, appName, segment, unit } = form;
  const known = apps.filter((one) => one.workspace === workspace).slice(0, MOST_APPS);
  const choice = (field: string, options: readonly PlainTextOption[], chosen: string) =>
    select(watchAction(field), words.choose, options, chosen);
  return [
    ...(workspaces.length > 1
      ? [
          input(
            "workspace",
            words.workspace.label,
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
      words.app.label,
      choice(
        "app",
        [
          option(words.app.all, ALL_APPS),
          ...known.map(({ name, app: id }) => option(name, id)),
          option(words.app.another, NEW_APP),
        ],
        app,
      ),
      { dispatch: true, of: workspace },
    ),
    ...(app === NEW_APP
      ? [
          input("appId", words.appId.label, text("appId", appId, 64), {
            hint: words.appId.hint,
            dispatch: true,
          }),
          input("appName", words.appName.label, text("appName", appName, LONGEST_NAME)),
        ]
      : []),
    input(
      "segment",
      words.segment.label,
      {
        type: "external_select",
        action_id: watchAction("segment"),
        placeholder: plain(words.segment.placeholder, 150),
        min_query_length: 0,
        ...(segment && { initial_option: option(segment.name, segmentValue(segment)) }),
      },
      { hint: words.segment.hint, optional: true, dispatch: true, of: workspace },
    ),
    input("unit", words.unit.label, choice("unit", UNITS, unit), {
      dispatch: true,
    }),
  ];
}
