import { InputError } from "../errors.ts";
import { planEvent, removeEvent } from "../pipeline/actions/plan-event.ts";
import type { PlannedEvent } from "../series/planned-events.ts";
import { eventsAnswer } from "../text/answers/feedback.ts";
import { isSameName } from "../text/same-name.ts";
import { answerTo, clockOf } from "./answering.ts";
import { command, type Request } from "./command.ts";
import { eventOrder, type TypedScope } from "./grammar/event.ts";
import { boundsOf } from "./grammar/period.ts";
import { shortened } from "./grammar/shortened.ts";
import { seriesNamed, workspaceNamed } from "./series-named.ts";

export const event = command({
  group: "calendar",
  aliases: ["events"],
  meanings: ["campaign", "sale", "holiday", "plan", "launch", "promo", "calendar"],
  about: "Planned events such as campaigns and sales: wider expected range, hours not learned",
  usage: [
    'event plan "NAME" Thu 18-21|tomorrow from 9am to 11am|2026-11-27|Dec 10-12 [app:ID] [workspace:NAME]',
    "event list",
    "event remove EVENT",
  ],
  examples: ['event plan "Winter sale" Dec 10-12', "event list"],
  permission: "change",
  syntax: eventOrder,
  async run(order, request) {
    const { actor, bot } = request;
    switch (order.act) {
      case "list":
        return eventsAnswer(await eventsAhead(request), await bot.watches.all());
      case "remove": {
        const found = await eventNamed(order.event, request);
        return answerTo(await removeEvent(found?.id ?? order.event, actor.user, bot), request);
      }
      case "plan": {
        const [from, to] = boundsOf(order.period, await clockOf("future", request));
        const scope = await scopeOf(order, request);
        const wanted = { name: order.name, from: from!, to: to!, scope, by: actor.user };
        return answerTo(await planEvent(wanted, bot), request);
      }
    }
  },
});

/** The events that are not over, those of the settings too, soonest first. */
async function eventsAhead({ bot }: Request): Promise<PlannedEvent[]> {
  const set = bot.workspaces.flatMap(({ events = [] }) => events);
  const all = [...set, ...(await bot.events.all())].filter(({ to }) => to > bot.clock());
  return all.sort((a, b) => a.from - b.from);
}

/** The typed scope with the ids of its app and workspace. Throws InputError for unknown ones. */
export async function scopeOf(
  { app, workspace }: TypedScope,
  { bot }: Pick<Request, "bot">,
): Promise<PlannedEvent["scope"]> {
  if (app === undefined) return workspace === undefined ? {} : { workspace: workspaceNamed(workspace, bot) };
  const found = await seriesNamed({ app, ...(workspace && { workspace }) }, {}, bot);
  return { workspace: found.workspace, ...(found.app && { app: found.app }) };
}

/** The event with this id, or the only one with this name. Throws InputError when several have it. */
async function eventNamed(typed: string, { bot }: Request): Promise<PlannedEvent | undefined> {
  const all = await bot.events.all();
  const found = all.filter(({ id, name }) => id === typed || isSameName(name, typed));
  if (found.length > 1)
    throw new InputError(
      `several events are called "${shortened(typed)}": ${found.map(({ id }) => `\`${id}\``).join(", ")}`,
    );
  return found[0];
}
