import type { AnyBlock, ModalView, PlainTextOption } from "@slack/types";
import type { App } from "../../../core/app.ts";
import { footer, section } from "../blocks.ts";
import { option, plain, select } from "../elements.ts";
import { input } from "./form.ts";
import { type PreviewShown, previewBlocks } from "./preview-blocks.ts";
import { ALL_APPS, NEW_APP, segmentValue, type WatchForm } from "./watch-form.ts";

/** What the listeners know the form of a watch by. */
export const WATCH_MODAL = "watch.modal";
/** The actions of its fields: each is `watch.` and the field. */
export const watchAction = (field: string): string => `watch.${field}`;

/** The form of a watch as it stands, with what it would have said. */
export interface WatchModal {
  /** Left out: it is to be added. */
  readonly watchId?: string;
  readonly form: WatchForm;
  readonly workspaces: readonly string[];
  /** The apps that have a name. */
  readonly apps: readonly App[];
  readonly preview: PreviewShown;
}

/** What a modal of a watch remembers besides what stands in it. */
export interface WatchModalMemory {
  readonly watchId?: string;
  readonly form: Pick<WatchForm, "workspace" | "app" | "direction" | "sensitivity">;
}

/** The form to add or edit a watch. */
export function watchModal({ watchId, form, workspaces, apps, preview }: WatchModal): ModalView {
  const { workspace, app, direction, sensitivity } = form;
  const memory: WatchModalMemory = {
    ...(watchId && { watchId }),
    form: { workspace, app, direction, sensitivity },
  };
  return {
    type: "modal",
    callback_id: WATCH_MODAL,
    private_metadata: JSON.stringify(memory),
    title: plain(watchId ? "Edit a watch" : "Watch sessions", 24),
    submit: plain(watchId ? "Save" : "Watch", 24),
    close: plain("Cancel", 24),
    blocks: [
      ...(watchId ? [footer([`Watch ${watchId}`])] : []),
      ...whatBlocks(form, workspaces, apps),
      ...howBlocks(form),
      { type: "divider" },
      ...previewBlocks(preview),
      { type: "divider" },
      ...whoBlocks(form),
      ...quietBlocks(form),
      ...appBlocks(form),
    ],
  };
}

/** Reads back what a modal of a watch remembers. */
export const readWatchMemory = (view: { readonly private_metadata: string }): WatchModalMemory =>
  JSON.parse(view.private_metadata) as WatchModalMemory;

/** A modal that is there at once, while what it shows is read: Slack waits three seconds for it. */
export const loadingModal = (title: string): ModalView => ({
  type: "modal",
  callback_id: "loading",
  title: plain(title, 24),
  close: plain("Cancel", 24),
  blocks: [section("⏳ One moment…")],
});

/** How many of 100 choices are left beside "all" and "another". */
const MOST_APPS = 98;

function whatBlocks(form: WatchForm, workspaces: readonly string[], apps: readonly App[]): AnyBlock[] {
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
          input("appName", "What people call it", text("appName", appName, 80)),
        ]
      : []),
    input(
      "segment",
      "Segment",
      {
        type: "external_select",
        action_id: watchAction("segment"),
        placeholder: plain("Everybody", 150),
        min_query_length: 0,
        ...(segment && { initial_option: option(segment.name, segmentValue(segment)) }),
      },
      { hint: "Leave it empty to watch everybody", optional: true, dispatch: true, of: workspace },
    ),
    input("unit", "Counted by the", choice("unit", [option("Hour", "hour"), option("Day", "day")], unit), {
      dispatch: true,
    }),
  ];
}

function howBlocks({
  channel,
  direction,
  sensitivity,
  budget,
  minChange,
  minSessions,
}: WatchForm): AnyBlock[] {
  return [
    input("channel", "Channel to tell", {
      type: "conversations_select",
      action_id: watchAction("channel"),
      placeholder: plain("Choose a channel…", 150),
      filter: { include: ["public", "private"], exclude_bot_users: true },
      ...(channel ? { initial_conversation: channel } : { default_to_current_conversation: true }),
    }),
    input("direction", "Speak of", select(watchAction("direction"), "Choose…", DIRECTIONS, direction), {
      dispatch: true,
    }),
    input(
      "sensitivity",
      "Sensitivity",
      select(watchAction("sensitivity"), "Choose…", SENSITIVITIES, sensitivity),
      { dispatch: true },
    ),
    ...(sensitivity === "budget"
      ? [
          input("budget", "Alerts a month you will bear", number("budget", budget, "0", "100"), {
            hint: "The watch speaks as readily as its own past allows for so many; press Enter to see the preview",
            dispatch: true,
          }),
        ]
      : []),
    input("minChange", "Least change in %", number("minChange", minChange, "0", "100"), {
      hint: "Smaller changes are never told; press Enter to see the preview",
      optional: true,
      dispatch: true,
    }),
    input("minSessions", "Least change in sessions", number("minSessions", minSessions, "0"), {
      hint: "Changes of fewer sessions are never told; press Enter to see the preview",
      optional: true,
      dispatch: true,
    }),
  ];
}

const DIRECTIONS = [
  option("Drops and spikes", "both"),
  option("Drops only", "drop"),
  option("Spikes only", "spike"),
];

const SENSITIVITIES = [
  option("Low", "low", "About one false alarm in three months"),
  option("Normal", "normal", "About one false alarm a month"),
  option("High", "high", "About three false alarms a month"),
  option("An alert budget…", "budget", "You say how many alerts a month you will bear"),
];

const whoBlocks = ({ owner, ownerGroup, runbook }: WatchForm): AnyBlock[] => [
  input(
    "owner",
    "Whom to mention when it is critical",
    {
      type: "users_select",
      action_id: watchAction("owner"),
      placeholder: plain("Nobody", 150),
      ...(owner && { initial_user: owner }),
    },
    { optional: true },
  ),
  input("ownerGroup", "Or a user group, by its id", text("ownerGroup", ownerGroup, 30), {
    hint: "Such as S0123456789: in Slack under People → User groups → Copy group ID",
    optional: true,
  }),
  input(
    "runbook",
    "Runbook",
    {
      type: "url_text_input",
      action_id: watchAction("runbook"),
      placeholder: plain("https://…", 150),
      ...(runbook && { initial_value: runbook }),
    },
    { hint: "What to do when it speaks: linked in every alert", optional: true },
  ),
];

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].map(
  (name, day) => option(name, String(day)),
);

const quietBlocks = ({ quietFrom, quietTo, quietDays, quietCritical }: WatchForm): AnyBlock[] => {
  const days = WEEKDAYS.filter(({ value }) => quietDays.includes(value ?? ""));
  const critical = option("Critical alerts wait for the end of the quiet hours, too", "yes");
  const clock = (field: string, time: string | undefined) =>
    ({
      type: "timepicker",
      action_id: watchAction(field),
      placeholder: plain("Never", 150),
      ...(time && { initial_time: time }),
    }) as const;
  return [
    input("quietFrom", "Quiet hours from", clock("quietFrom", quietFrom), {
      hint: "By the clock of the app; warnings wait for their end",
      optional: true,
    }),
    input("quietTo", "Quiet hours to", clock("quietTo", quietTo), { optional: true }),
    input(
      "quietDays",
      "Quiet hours begin on",
      {
        type: "checkboxes",
        action_id: watchAction("quietDays"),
        options: WEEKDAYS,
        ...(days.length > 0 && { initial_options: days }),
      },
      { hint: "None ticked: every day", optional: true },
    ),
    input(
      "quietCritical",
      "In quiet hours",
      {
        type: "checkboxes",
        action_id: watchAction("quietCritical"),
        options: [critical],
        ...(quietCritical && { initial_options: [critical] }),
      },
      { optional: true },
    ),
  ];
};

/** What is said of an app concerns all watches of it. */
const appBlocks = ({ app, workspace, zone, country }: WatchForm): AnyBlock[] =>
  app === ALL_APPS
    ? []
    : [
        { type: "divider" },
        footer(["What follows holds for every watch of this app"]),
        input(
          "zone",
          "Time zone of the app's users",
          {
            type: "external_select",
            action_id: watchAction("zone"),
            placeholder: plain("That of the workspace", 150),
            min_query_length: 2,
            ...(zone && { initial_option: option(zone, zone) }),
          },
          { optional: true, dispatch: true, of: `${workspace}.${app}` },
        ),
        input("country", "Whose public holidays count", text("country", country, 10), {
          hint: "A country such as DE, or with its state such as AU-VIC; empty: those of the workspace",
          optional: true,
          of: `${workspace}.${app}`,
        }),
      ];

const text = (field: string, value: string | undefined, most: number) =>
  ({
    type: "plain_text_input",
    action_id: watchAction(field),
    max_length: most,
    ...(value && { initial_value: Array.from(value).slice(0, most).join("") }),
  }) as const;

const number = (field: string, value: string | undefined, least: string, most?: string) =>
  ({
    type: "number_input",
    action_id: watchAction(field),
    is_decimal_allowed: true,
    min_value: least,
    ...(most && { max_value: most }),
    ...(value && /^\d+(\.\d+)?$/.test(value) && { initial_value: value }),
  }) as const;
