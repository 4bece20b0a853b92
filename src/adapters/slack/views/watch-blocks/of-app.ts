import type { AnyBlock } from "@slack/types";
import { footer } from "../../blocks/blocks.ts";
import { option, plain } from "../../blocks/elements.ts";
import { input } from "../form.ts";
import { ALL_APPS, type WatchForm } from "../watch-form.ts";
import { text, watchAction } from "./fields.ts";

/** The settings of an app apply to all its watches. */
export const appBlocks = ({ app, workspace, zone, country }: WatchForm): AnyBlock[] =>
  app === ALL_APPS
    ? []
    : [
        { type: "divider" },
        footer(["These settings apply to every watch of this app"]),
        input(
          "zone",
          "Time zone of the app's users",
          {
            type: "external_select",
            action_id: watchAction("zone"),
            placeholder: plain("Time zone of the workspace", 150),
            min_query_length: 2,
            ...(zone && { initial_option: option(zone, zone) }),
          },
          { optional: true, dispatch: true, of: `${workspace}.${app}` },
        ),
        input("country", "Country for public holidays", text("country", country, 10), {
          hint: "A country code such as DE, or with its state such as AU-VIC. Empty: the country of the workspace",
          optional: true,
          of: `${workspace}.${app}`,
        }),
      ];
