import { type Acting, personIn } from "./acts.ts";
import { suggestionPayload } from "./payloads.ts";
import type { Option } from "./picks.ts";
import { elementIn, type Place, whereIn } from "./use-element.ts";

/** What the app offered, in groups or not; or in Slack's word why it could not be asked. */
export interface Suggestions {
  readonly options: readonly Option[];
  readonly groups?: readonly {
    readonly label: { readonly text: string };
    readonly options: readonly Option[];
  }[];
  readonly failure?: string;
}

const MOST = 100;

/** A person types into a select whose options the app is asked for. */
export async function suggest(
  place: Place,
  actionId: string,
  { user, typed }: { readonly user: string; readonly typed: string },
  acting: Acting,
): Promise<Suggestions> {
  const where = whereIn(place, user, acting);
  const element = elementIn(where, actionId);
  // Slack asks only once as much is typed, three characters unless the element says otherwise.
  if (typed.length < Number(element.element.min_query_length ?? 3)) return { options: [] };
  const payload = suggestionPayload(personIn(acting, user), where, element, typed);
  const about = { about: actionId, user };
  const answer = await acting.link.deliver({ kind: "interactive", payload, takesReply: true }, about);
  if (!answer.acked) return { options: [], failure: answer.error };

  const { options, option_groups: groups } = (answer.body || {}) as {
    options?: Option[];
    option_groups?: { label: { text: string }; options: Option[] }[];
  };
  const all = options ?? groups?.flatMap((group) => group.options);
  if (!all || all.length > MOST || !all.every(isOption)) {
    acting.link.fail("interactive", "invalid_options", about);
    return { options: [], failure: "invalid_options" };
  }
  if ("view" in where) {
    const { id, offered } = acting.workspace.views.find(where.view.id) ?? where.view;
    const before = offered[actionId] ?? [];
    acting.workspace.views.note(id, { offered: { ...offered, [actionId]: [...before, ...all] } });
  }
  return { options: all, ...(groups && { groups }) };
}

const isOption = ({ text, value }: Option): boolean =>
  typeof text?.text === "string" &&
  text.text !== "" &&
  Array.from(text.text).length <= 75 &&
  typeof value === "string" &&
  value.length <= 150;
