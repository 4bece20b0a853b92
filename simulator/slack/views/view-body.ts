import { jsonOf } from "../chat.ts";
import { Refusal, refusalWith } from "../refusal.ts";
import type { ViewBody } from "./view.ts";
import { isTooLarge, viewProblems } from "./view-limits.ts";

/** A view out of a call's argument or an acknowledgement, refused where Slack would. */
export function viewBodyOf(value: unknown, types: readonly ViewBody["type"][]): ViewBody {
  const view = jsonOf(value, "invalid_arguments");
  if (isTooLarge(view)) throw new Refusal("view_too_large");
  const problems = viewProblems(view, types);
  if (problems.length > 0) throw refusalWith("invalid_arguments", ...problems);
  return view as ViewBody;
}
