import type { AnyBlock } from "@slack/types";
import { watchForm as words } from "../../../../text/forms/watch.ts";
import { plain } from "../../blocks/elements.ts";
import { input } from "../form.ts";
import type { WatchForm } from "../watch-form.ts";
import { text, watchAction } from "./fields.ts";

/** Who should act, and how: owner and runbook. */
export const whoBlocks = ({ owner, ownerGroup, runbook }: WatchForm): AnyBlock[] => [
  input(
    "owner",
    words.owner.label,
    {
      type: "users_select",
      action_id: watchAction("owner"),
      placeholder: plain(words.owner.placeholder, 150),
      ...(owner && { initial_user: owner }),
    },
    { optional: true },
  ),
  input("ownerGroup", words.ownerGroup.label, text("ownerGroup", ownerGroup, 30), {
    hint: words.ownerGroup.hint,
    optional: true,
  }),
  input(
    "runbook",
    words.runbook.label,
    {
      type: "url_text_input",
      action_id: watchAction("runbook"),
      placeholder: plain("https://…", 150),
      ...(runbook && { initial_value: runbook }),
    },
    { hint: words.runbook.hint, optional: true },
  ),
];
