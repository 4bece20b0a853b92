import type { AnyBlock } from "@slack/types";
import { plain } from "../../blocks/elements.ts";
import { input } from "../form.ts";
import type { WatchForm } from "../watch-form.ts";
import { text, watchAction } from "./fields.ts";

/** Who should act, and how: owner and runbook. */
export const whoBlocks = ({ owner, ownerGroup, runbook }: WatchForm): AnyBlock[] => [
  input(
    "owner",
    "Owner, mentioned in critical alerts",
    {
      type: "users_select",
      action_id: watchAction("owner"),
      placeholder: plain("Nobody", 150),
      ...(owner && { initial_user: owner }),
    },
    { optional: true },
  ),
  input("ownerGroup", "Or a user group as owner, by its ID", text("ownerGroup", ownerGroup, 30), {
    hint: "For example S0123456789. In Slack: People → User groups → Copy group ID",
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
    { hint: "A page that says what to do, linked in every alert", optional: true },
  ),
];
