import type { ModalView } from "@slack/types";
import type { App } from "../../../series/app.ts";
import type { EventScope } from "../../../series/planned-events.ts";
import { LONGEST_NAME } from "../../../settings/limits.ts";
import { eventFormErrors, eventForm as words } from "../../../text/forms/event.ts";
import { HOUR, type Instant } from "../../../time/time.ts";
import { footer } from "../blocks/blocks.ts";
import { option, plain, select } from "../blocks/elements.ts";
import { carriedIn, choiceOf, dateTime, type FormValues, input, instantIn, LATEST, textOf } from "./form.ts";

export const EVENT_MODAL = "event.modal";

/** The planned event from the form. */
export interface EventAnswer {
  readonly name: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly scope: EventScope;
}

/**
 * The form for a planned event, which lasts an hour unless another time is chosen. `apps` are offered beside everything
 * and each workspace.
 */
export const eventModal = (
  workspaces: readonly string[],
  apps: readonly App[],
  from: Instant,
): ModalView => ({
  type: "modal",
  callback_id: EVENT_MODAL,
  private_metadata: memoryOf(scopesOf(workspaces, apps), from),
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
    input("from", words.from, dateTime("event.from", from)),
    input("to", words.to, dateTime("event.to", from + HOUR)),
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

/** The metadata of the form: the meaning of each choice, and what is preselected. */
interface EventMemory {
  readonly scopes: readonly EventScope[];
  readonly chosen: string;
  /** The preselected times. */
  readonly from: Instant;
  readonly to: Instant;
}

/** Everything. */
const CHOSEN_AT_FIRST = "0";

const memoryOf = (scopes: readonly NamedScope[], from: Instant): string =>
  JSON.stringify({
    scopes: scopes.map(({ scope }) => scope),
    chosen: CHOSEN_AT_FIRST,
    from,
    to: from + HOUR,
  } satisfies EventMemory);

/** The scopes to choose from: all of them, as far as the metadata has space. */
function scopesOf(workspaces: readonly string[], apps: readonly App[]): NamedScope[] {
  const all: NamedScope[] = [
    { name: words.everything, scope: {} },
    ...(workspaces.length > 1
      ? workspaces.map((workspace) => ({ name: words.workspace(workspace), scope: { workspace } }))
      : []),
    ...apps.map(({ workspace, app, name }) => ({ name, scope: { workspace, app } })),
  ].slice(0, MOST_SCOPES);
  while (memoryOf(all, LATEST).length > MOST_MEMORY) all.pop();
  return all;
}

/** Reads the planned event from the form, or the errors by field. */
export function eventAnswer(
  metadata: string,
  values: FormValues,
  now: Instant,
): EventAnswer | { readonly errors: Readonly<Record<string, string>> } {
  const name = textOf(carriedIn(values, "name") ?? {});
  const { scopes, chosen, ...before } = JSON.parse(metadata) as EventMemory;
  const from = instantIn(values, "from") ?? before.from;
  const to = instantIn(values, "to") ?? before.to;
  const scope = scopes[Number(choiceOf(carriedIn(values, "scope") ?? {}) ?? chosen)];
  const errors = {
    ...(!scope && { scope: eventFormErrors.scope }),
    ...(!name && { name: eventFormErrors.name }),
    ...(!(to <= LATEST) && { to: eventFormErrors.to }),
    ...(to <= from && { to: eventFormErrors.order }),
    ...(to <= now && { to: eventFormErrors.past }),
  };
  if (!name || !scope || Object.keys(errors).length > 0) return { errors };
  return { name, from, to, scope };
}
