import { isDeepStrictEqual } from "node:util";
import { SECOND } from "../../../src/time/time.ts";
import type { SlackMessage } from "../message.ts";
import type { Values } from "../views/view.ts";
import { sentValues, valuesOf } from "../views/view.ts";
import { type Acting, type Outcome, personIn } from "./acts.ts";
import { type Element, elementsIn, named } from "./elements.ts";
import { actionOf, actionPayload, type InMessage, type Where } from "./payloads.ts";
import { type Choice, keepsValue, type Option, type Pick, picked, untouched } from "./picks.ts";

/** Where an element stands: in a message, also one that only one person sees, or in a view. */
export type Place = { readonly channel: string; readonly ts: string } | { readonly view: string };

export interface Use {
  readonly user: string;
  /** What is chosen or typed; nothing for a button. */
  readonly choice?: Choice;
  /** The block, where several hold the same action. */
  readonly block?: string;
}

/** A person uses an element that tells the app at once: presses a button, chooses in a menu. */
export async function useElement(
  place: Place,
  actionId: string,
  { user, choice, block }: Use,
  acting: Acting,
): Promise<Outcome> {
  const { workspace, link } = acting;
  const person = personIn(acting, user);
  const where = whereIn(place, user, acting);
  const element = elementIn(where, actionId, block);
  const pick = picked(element.element, choice ?? "", offeredIn(where, actionId));
  if (!element.dispatches) {
    fill(where, element, pick, acting);
    return { responses: [] };
  }

  const trigger_id = workspace.triggers.mint({ user, ...("view" in where && { viewId: where.view.id }) });
  const action = actionOf(element, pick, (Date.now() / SECOND).toFixed(6));
  const about = { about: actionId, user };
  if ("view" in where) {
    const view = fill(where, element, pick, acting);
    const payload = actionPayload(person, { view }, action, { trigger_id, values: sentValues(view) });
    const answer = await link.deliver({ kind: "interactive", payload, takesReply: false }, about);
    return { responses: [], ...(!answer.acked && { failure: answer.error }) };
  }
  const { channel, message, isEphemeral } = where;
  if (!isNews({ user, where, element, pick }, acting)) return { responses: [] };
  const source = { ts: message.ts, isEphemeral, ...(message.threadTs && { threadTs: message.threadTs }) };
  const { path, url } = workspace.responseUrls.mint({ channel: channel.id, user, source });
  const values = withPick(valuesOf(named(message.blocks)), element, pick);
  const response_url = acting.url() + path;
  const payload = actionPayload(person, where, action, { trigger_id, response_url, values });
  const answer = await link.deliver({ kind: "interactive", payload, takesReply: false }, about);
  return { responses: url.responses, ...(!answer.acked && { failure: answer.error }) };
}

/** Whether a choice in a message is another than the block shows this person: Slack tells of no other. */
function isNews(
  { user, where, element, pick }: { user: string; where: InMessage; element: Element; pick: Pick },
  { workspace }: Acting,
): boolean {
  if (!keepsValue(element.element)) return true;
  const place = [user, where.channel.id, where.message.ts, element.blockId, element.actionId].join();
  const shown = workspace.chosen.get(place) ?? untouched(element.element);
  workspace.chosen.set(place, pick);
  return !isDeepStrictEqual(shown, pick);
}

/** What a person sees at a place. */
export function whereIn(place: Place, user: string, { workspace }: Acting): Where {
  if ("view" in place) {
    const view = workspace.views.find(place.view);
    if (!view || view.user !== user) throw new Error(`${user} does not see the view ${place.view}`);
    return { view };
  }
  const channel = workspace.channel(place.channel);
  if (!channel || !workspace.members(channel).includes(user))
    throw new Error(`${user} is not in ${place.channel}`);
  const theirs = workspace.ephemerals.of(user, channel.id).find(({ ts }) => ts === place.ts);
  const message: SlackMessage = theirs ?? workspace.message(channel.id, place.ts);
  return { channel, message, isEphemeral: theirs !== undefined };
}

/** The element with an action id. */
export function elementIn(where: Where, actionId: string, block?: string): Element {
  const blocks = "view" in where ? where.view.body.blocks : named(where.message.blocks);
  const element = elementsIn(blocks).find(
    (each) => each.actionId === actionId && (block === undefined || each.blockId === block),
  );
  if (!element) throw new Error(`there is nothing with the action ${actionId} to use`);
  return element;
}

const offeredIn = (where: Where, actionId: string): readonly Option[] =>
  "view" in where ? (where.view.offered[actionId] ?? []) : [];

function fill(where: Where, element: Element, pick: Pick, { workspace }: Acting) {
  if (!("view" in where)) throw new Error("an input in a message waits for nothing");
  const { view } = where;
  if (pick.type === "button" || pick.type === "overflow" || Object.keys(pick).length < 2) return view;
  return workspace.views.fill(view.id, element.blockId, element.actionId, pick)!;
}

const withPick = (values: Values, { blockId, actionId, element }: Element, pick: Pick): Values =>
  element.type === "button" || element.type === "overflow"
    ? values
    : { ...values, [blockId]: { ...values[blockId], [actionId]: pick } };
