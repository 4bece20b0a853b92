import type { AnyBlock } from "@slack/types";
import type { UserGroup } from "../../../../pipeline/ports/slack.ts";
import { watchForm as words } from "../../../../text/forms/watch.ts";
import { plain } from "../../blocks/elements.ts";
import { input } from "../form.ts";
import { groupOption } from "../suggestions.ts";
import type { WatchForm } from "../watch-form.ts";
import { text, watchAction } from "./fields.ts";

/** Who should act, and how: owner and runbook. @param groups undefined where Slack does not list them */
export const whoBlocks = (
  { owner, ownerGroup, runbook }: WatchForm,
  groups: readonly UserGroup[] | undefined,
): AnyBlock[] => [
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
  groups ? groupList(ownerGroup, groups) : groupId(ownerGroup),
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

const groupList = (chosen: string | undefined, groups: readonly UserGroup[]): AnyBlock =>
  input(
    "ownerGroup",
    words.ownerGroup.label,
    {
      type: "external_select",
      action_id: watchAction("ownerGroup"),
      placeholder: plain(words.ownerGroup.placeholder, 150),
      min_query_length: 0,
      ...(chosen && { initial_option: groupOption(chosen, groups) }),
    },
    { optional: true, of: "list" },
  );

const groupId = (chosen: string | undefined): AnyBlock =>
  input("ownerGroup", words.ownerGroup.byId, text("ownerGroup", chosen, 30), {
    hint: words.ownerGroup.hint,
    optional: true,
  });
