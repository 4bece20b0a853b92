import type { Bot } from "../bot.ts";
import { suggestWatches } from "../pipeline/reports/suggestions.ts";
import { appsToSuggest, type SuggestedApp } from "../reports/suggested-watches.ts";
import { suggestAnswer } from "../text/answers/suggestions.ts";
import { ALL_APPS_TITLE } from "../text/titles.ts";
import { command } from "./command.ts";
import { perhaps } from "./grammar/syntax.ts";
import { appNamed, appsOf } from "./series-named.ts";

/** What matters of every app, or of one. */
export const suggest = command({
  group: "setup",
  aliases: ["watch-all"],
  meanings: ["everything", "propose", "matters", "recommend", "start"],
  about: "Suggest watches on everything that matters, each with its backtest; opens a form to tick them",
  usage: ["suggest [APP]"],
  examples: ["suggest", "suggest iOS"],
  permission: "look",
  syntax: perhaps("app"),
  async run({ app }, { bot }) {
    const all = [];
    for (const one of await suggestedApps(app, bot))
      all.push({ app: one, suggestions: await suggestWatches(one, bot) });
    return suggestAnswer(all);
  },
});

/** The apps to suggest watches for: the one with this id or name, or every app of every workspace. */
export async function suggestedApps(typed: string | undefined, bot: Bot): Promise<readonly SuggestedApp[]> {
  const known = typed === undefined ? undefined : await appNamed(typed, undefined, bot);
  if (typed !== undefined)
    return [known ?? { workspace: bot.workspaces[0]?.name ?? "main", app: typed, name: typed }];
  const apps = await appsOf(bot);
  return bot.workspaces.flatMap(({ name }) => appsToSuggest(name, apps, ALL_APPS_TITLE));
}
