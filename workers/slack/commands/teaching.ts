import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import type { Command } from "../../../src/adapters/slack/commands/command.ts";
import { shortened } from "../../../src/adapters/slack/commands/shortened.ts";
import { instantsOf, type Span } from "../../../src/adapters/slack/commands/span.ts";
import { ackAnswer, eventsAnswer } from "../../../src/adapters/slack/commands/standing.ts";
import { InputError } from "../../../src/errors.ts";
import type { Label } from "../../../src/incidents/label.ts";
import { acknowledge } from "../../../src/pipeline/actions/acknowledge.ts";
import { exclude as excludeSpan } from "../../../src/pipeline/actions/exclude.ts";
import { labelIncident } from "../../../src/pipeline/actions/label.ts";
import { planEvent, removeEvent } from "../../../src/pipeline/actions/plan-event.ts";
import type { PlannedEvent } from "../../../src/series/planned-events.ts";
import { seriesId } from "../../../src/series/series.ts";
import { isSameName } from "../../../src/text/same-name.ts";
import type { Actor, SlackContext } from "../context.ts";
import { watchNamed } from "./named.ts";
import { answerTo, authorized, authorizedFor, zoneOf } from "./order.ts";
import { seriesNamed } from "./series-named.ts";

/** `event …`: lists and changes planned events. */
export async function event(
  command: Extract<Command, { commandName: "event" }>,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const { bot } = context;
  if (command.act === "list") {
    const set = bot.workspaces.flatMap(({ events = [] }) => events);
    const all = [...set, ...(await bot.events.all())].filter(({ to }) => to > bot.clock());
    return eventsAnswer(
      all.sort((a, b) => a.from - b.from),
      await bot.watches.all(),
    );
  }
  if (command.act === "remove") {
    const before = await eventNamed(command.event, bot);
    if (before) await authorizedFor({ kind: "event", id: before.id, before }, actor, context);
    return answerTo(await removeEvent(before?.id ?? command.event, actor.user, bot), context);
  }
  const { workspace, app } =
    command.app === undefined ? {} : await seriesNamed({ app: command.app }, {}, bot);
  const scope = { ...(workspace && { workspace }), ...(app && { app }) };
  const [from, to] = instantsOf(command.span, {
    now: bot.clock(),
    zone: await zoneOf(actor, context),
    toward: "future",
  });
  const request = { name: command.name, from, to, scope, by: actor.user };
  await authorizedFor({ kind: "event", id: "", after: { ...request, id: "", at: 0 } }, actor, context);
  return answerTo(await planEvent(request, bot), context);
}

/** The event with this id, or the only one with this name. Throws InputError when several have it. */
async function eventNamed(typed: string, { events }: SlackContext["bot"]): Promise<PlannedEvent | undefined> {
  const all = await events.all();
  const found = all.filter(({ id, name }) => id === typed || isSameName(name, typed));
  if (found.length > 1)
    throw new InputError(
      `several events are called "${shortened(typed)}": ${found.map(({ id }) => `\`${id}\``).join(", ")}`,
    );
  return found[0];
}

/** `exclude WATCH SPAN`: hours by the asking person's clock, as messages show them; days by their dates. */
export async function exclude(
  name: string,
  span: Span,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const { bot } = context;
  const watch = await watchNamed(name, bot);
  await authorized(actor, [watch.channel], context);
  const { zone: ofSeries, unit } = (await bot.profiles())(seriesId(watch.series));
  const zone = unit === "hour" ? await zoneOf(actor, context) : ofSeries;
  const [from, to] = instantsOf(span, { now: bot.clock(), zone, toward: "past" });
  return answerTo(await excludeSpan({ watchId: watch.id, from, to, by: actor.user }, bot), context);
}

/** `label INCIDENT LABEL`; without a label the current one is removed. */
export async function label(
  incidentId: string,
  given: Label | undefined,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  await authorizedFor({ kind: "label", incidentId }, actor, context);
  return answerTo(await labelIncident(incidentId, given, actor.user, context.bot), context);
}

/** `ack INCIDENT`. */
export async function ack(incidentId: string, actor: Actor, context: SlackContext): Promise<Answer> {
  await authorizedFor({ kind: "label", incidentId }, actor, context);
  return ackAnswer(incidentId, await acknowledge(incidentId, actor.user, context.bot));
}
