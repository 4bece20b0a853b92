import type { ModalView } from "@slack/types";
import type { App } from "../../../series/app.ts";
import type { EventScope } from "../../../series/planned-events.ts";
import { LONGEST_NAME } from "../../../settings/limits.ts";
import { eventFormErrors, eventForm as words } from "../../../text/forms/event.ts";
import type { Instant } from "../../../time/time.ts";
import { footer } from "../blocks/blocks.ts";
import { option, plain, select } from "../blocks/elements.ts";
import { carriedIn, choiceOf, type FormValues, input, textOf } from "./form.ts";

export const EVENT_MODAL = "event.modal";

/** The planned event from the form. */
export interface EventAnswer {
  readonly name: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly scope: EventScope;
}

/** The form for a planned event. `apps` are offered beside everything and each workspace. */
export const eventModal = (workspaces: readonly string[], apps: readonly App[]): ModalView => ({
  type: "modal",
  callback_id: EVENT_MODAL,
  private_metadata: memoryOf(scopesOf(workspaces, apps)),
  title: plain(words.title, 24),
  submit: plain(words.submit, 24),
  close: plain(words.cancel, 24),
  blocks: [
    input(
      "name",
      words.name.label,
      {
        type: "plain_text_input",
        action_id: "event.name",
        max_length: LONGEST_NAME,
        placeholder: plain(words.name.placeholder, 150),
      },
      { hint: words.name.hint },
    ),
    input("from", words.from, { type: "datetimepicker", action_id: "event.from" }),
    input("to", words.to, { type: "datetimepicker", action_id: "event.to" }),
    input(
      "scope",
      words.scope,
      select(
        "event.scope",
        words.choose,
        scopesOf(workspaces, apps).map(({ name }, i) => option(name, String(i))),
        CHOSEN_AT_FIRST,
      ),
    ),
    footer([words.announced]),
  ],
});

/** The maximum scopes of a list, and the maximum length of a modal's metadata. */
const MOST_SCOPES = 100;
const MOST_MEMORY = 3_000;

interface NamedScope {
  readonly name: string;
  readonly scope: EventScope;
}

/** The metadata of the form: the meaning of each choice, and the preselected one. */
interface EventMemory {
  readonly scopes: readonly EventScope[];
  readonly chosen: string;
}

/** Everything. */
const CHOSEN_AT_FIRST = "0";

const memoryOf = (scopes: readonly NamedScope[]): string =>
  JSON.stringify({ scopes: scopes.map(({ scope }) => scope), chosen: CHOSEN_AT_FIRST } satisfies EventMemory);

/** The scopes to choose from: all of them, as far as the metadata has space. */
function scopesOf(workspaces: readonly string[], apps: readonly App[]): NamedScope[] {
  const all: NamedScope[] = [
    { name: words.everything, scope: {} },
    ...(workspaces.length > 1
      ? workspaces.map((workspace) => ({ name: words.workspace(workspace), scope: { workspace } }))
      : []),
    ...apps.map(({ workspace, app, name }) => ({ name, scope: { workspace, app } })),
  ].slice(0, MOST_SCOPES);
  while (memoryOf(all).length > MOST_MEMORY) all.pop();
  return all;
}

/** Reads the planned event from the form, or the errors by field. */
export function eventAnswer(
  metadata: string,
  values: FormValues,
  now: Instant,
): EventAnswer | { readonly errors: Readonly<Record<string, string>> } {
  const name = textOf(carriedIn(values, "name") ?? {});
  const [from, to] = [instantIn(values, "from"), instantIn(values, "to")];
  const { scopes, chosen } = JSON.parse(metadata) as EventMemory;
  const scope = scopes[Number(choiceOf(carriedIn(values, "scope") ?? {}) ?? chosen)];
  const errors = {
    ...(!scope && { scope: eventFormErrors.scope }),
    ...(!name && { name: eventFormErrors.name }),
    ...(from === undefined && { from: eventFormErrors.from }),
    ...(to === undefined && { to: eventFormErrors.to }),
    ...(from !== undefined && to !== undefined && to <= from && { to: eventFormErrors.order }),
    ...(to !== undefined && to <= now && { to: eventFormErrors.past }),
  };
  if (!name || !scope || from === undefined || to === undefined || Object.keys(errors).length > 0)
    return { errors };
  return { name, from, to, scope };
}

function instantIn(values: FormValues, field: string): Instant | undefined {
  const seconds = carriedIn(values, field)?.selected_date_time;
  return seconds ? seconds * 1_000 : undefined;
}
