import { elementsIn } from "../interaction/elements.ts";
import { emptyOf, keepsValue, type Option, type Pick, untouched } from "../interaction/picks.ts";
import type { Block } from "../message.ts";
import { app, bot, team } from "../wire.ts";

/** What the app wants shown. */
export interface ViewBody {
  readonly type: "modal" | "home";
  readonly title?: Block;
  readonly submit?: Block;
  readonly close?: Block;
  readonly blocks: readonly Block[];
  readonly private_metadata?: string;
  readonly callback_id?: string;
  readonly external_id?: string;
  readonly clear_on_close?: boolean;
  readonly notify_on_close?: boolean;
}

/** The values of a view or message by block and action, as payloads tell them. */
export type Values = Readonly<Record<string, Readonly<Record<string, Pick>>>>;

/** A view as a person has it before them. */
export interface View {
  readonly id: string;
  readonly user: string;
  readonly body: ViewBody;
  /** Another one after each change. */
  readonly hash: string;
  readonly rootId: string;
  readonly previousId?: string;
  readonly values: Values;
  /** The fields that a person touched, each as its block and action. */
  readonly touched: readonly string[];
  /** How a view that was drawn anew tells of the other fields, where it does not as it should. */
  readonly untouchedAs?: Untouched;
  /** What the app offered while somebody typed, by action. */
  readonly offered: Readonly<Record<string, readonly Option[]>>;
  /** The errors that stand at its fields, by block. */
  readonly errors: Readonly<Record<string, string>>;
}

/**
 * What Slack has been seen to make of fields with values of the app's that nobody touched since `views.update` drew
 * them: they are left out of what it sends, or sent empty, though people see the values.
 */
export type Untouched = "left out" | "empty";

/** A field's place, as views note it. */
export const fieldAt = (blockId: string, actionId: string): string => JSON.stringify([blockId, actionId]);

/** The values of a view as Slack sends them. */
export function sentValues({ body, values, touched, untouchedAs }: View): Values {
  if (!untouchedAs) return values;
  const sent: Record<string, Record<string, Pick>> = {};
  for (const { element, blockId, actionId } of elementsIn(body.blocks)) {
    const value = values[blockId]?.[actionId];
    if (!value) continue;
    const isTouched = touched.includes(fieldAt(blockId, actionId));
    if (!isTouched && untouchedAs === "left out") continue;
    sent[blockId] = { ...sent[blockId], [actionId]: isTouched ? value : emptyOf(element) };
  }
  return sent;
}

/** The values of blocks with ids; what was chosen before stays where block, action and kind are still the same. */
export function valuesOf(blocks: readonly Block[], before: Values = {}): Values {
  const values: Record<string, Record<string, Pick>> = {};
  for (const { element, blockId, actionId } of elementsIn(blocks)) {
    if (!keepsValue(element)) continue;
    const old = before[blockId]?.[actionId];
    const value = old && old.type === element.type ? old : untouched(element);
    values[blockId] = { ...values[blockId], [actionId]: value };
  }
  return values;
}

/** A view as Slack's answers and payloads show it. */
export const wireView = (view: View) => wired(view, sentValues(view));

const wired = ({ id, body, hash, rootId, previousId }: View, values: Values) => ({
  id,
  team_id: team.id,
  type: body.type,
  blocks: body.blocks,
  private_metadata: body.private_metadata ?? "",
  callback_id: body.callback_id ?? "",
  state: { values },
  hash,
  title: body.title ?? { type: "plain_text", text: "View Title", emoji: true },
  clear_on_close: body.clear_on_close ?? false,
  notify_on_close: body.notify_on_close ?? false,
  close: body.close ?? null,
  submit: body.submit ?? null,
  previous_view_id: previousId ?? null,
  root_view_id: rootId,
  app_id: app.id,
  external_id: body.external_id ?? "",
  app_installed_team_id: team.id,
  bot_id: bot.id,
});
