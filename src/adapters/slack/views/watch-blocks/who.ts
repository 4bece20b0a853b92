import type { AnyBlock } from "@slack/types";
import { plain } from "../../blocks/elements.ts";
import { input } from "../form.ts";
import type { WatchForm } from "../watch-form.ts";
import { text, watchAction } from "./fields.ts";

/** Who should act, and how: owner and runbook. */
export const whoBlocks = ({ owner, ownerGroup, runbook }: WatchForm): AnyBlock[] => [
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
