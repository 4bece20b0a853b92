import { elementsIn } from "../interaction/elements.ts";
import { keepsValue, type Option, type Pick, untouched } from "../interaction/picks.ts";
import { app, bot, team } from "../wire.ts";
import type { Block } from "../workspace.ts";

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
  /** What the app offered while somebody typed, by action. */
  readonly offered: Readonly<Record<string, readonly Option[]>>;
  /** The errors that stand at its fields, by block. */
  readonly errors: Readonly<Record<string, string>>;
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
export const wireView = ({ id, body, hash, rootId, previousId, values }: View) => ({
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
