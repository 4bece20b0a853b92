import type { SuggestedApp, Suggestion } from "../../reports/suggested-watches.ts";
import { notOffered, suggestionTitle, suggestionWords } from "../suggestions.ts";
import { code, name, strong, type Text, text } from "../text.ts";
import { type Answer, list, paragraph } from "./answer.ts";

/** What is suggested for each app, a line each, where no form can be shown. */
export const suggestAnswer = (
  all: readonly { readonly app: SuggestedApp; readonly suggestions: readonly Suggestion[] }[],
): Answer => ({
  headline: text`Suggested watches`,
  parts: [
    ...all.map(({ app, suggestions }) => list([strong(text`${name(app.name)}`)], suggestions.map(lineOf))),
    paragraph(text`Add one with ${code("watch")}, for example ${code("watch new users app:ios")}.`),
  ],
});

const lineOf = (one: Suggestion): Text =>
  one.kind === "backtested"
    ? text`${name(suggestionTitle(one))}: ${suggestionWords(one)}`
    : (notOffered(one, (error) => (error instanceof Error ? error.message : String(error))) ?? []);
