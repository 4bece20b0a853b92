import type { AnyBlock } from "@slack/types";
import { watchForm as words } from "../../../../text/forms/watch.ts";
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
        footer([words.ofApp]),
        input(
          "zone",
          words.zone.label,
          {
            type: "external_select",
            action_id: watchAction("zone"),
            placeholder: plain(words.zone.placeholder, 150),
            min_query_length: 2,
            ...(zone && { initial_option: option(zone, zone) }),
          },
          { optional: true, dispatch: true, of: `${workspace}.${app}` },
        ),
        input("country", words.country.label, text("country", country, 10), {
          hint: words.country.hint,
          optional: true,
          of: `${workspace}.${app}`,
        }),
      ];
