import type { IncomingMessage, ServerResponse } from "node:http";
import type { People } from "../interaction/interaction.ts";
import type { Choice } from "../interaction/picks.ts";
import type { Place } from "../interaction/use-element.ts";
import { bodyOf } from "../request.ts";

/** What the page sends when a person does something. */
interface Deed {
  readonly channel: string;
  readonly text: string;
  readonly place: Place;
  readonly action: string;
  readonly block: string;
  readonly choice?: Choice;
  readonly view: string;
  readonly values: Readonly<Record<string, Choice>>;
  readonly which: "top" | "all";
  /** The message whose thread it is written in. */
  readonly thread?: string;
}

type Deeds = Record<string, (deed: Deed, user: string, people: People) => unknown>;

const deeds: Deeds = {
  command: ({ text, channel }, user, people) => people.command(text, { user, channel }),
  write: ({ text, channel, thread }, user, people) => people.write(channel, text, user, thread),
  shortcut: ({ place, action }, user, people) =>
    "ts" in place ? people.shortcut(action, place, user) : undefined,
  click({ place, action, block, choice, values }, user, people) {
    if ("view" in place && values) people.fill(place.view, values);
    return people.click(place, action, { user, block, ...(choice !== undefined && { choice }) });
  },
  suggest: ({ place, action, text }, user, people) => people.suggest(place, action, { user, typed: text }),
  submit: ({ view, values }, _, people) => people.submit(view, values),
  dismiss: ({ which }, user, people) => people.dismiss(user, which),
  home: (_, user, people) => people.openHome(user),
};

/** Does what a person did on the page, and answers what came of it. */
export async function serveDeed(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  user: string,
  people: People,
): Promise<void> {
  const answer = (status: number, body: unknown) =>
    void response
      .writeHead(status, { "content-type": "application/json; charset=utf-8" })
      .end(JSON.stringify(body ?? {}));
  const deed = deeds[name];
  // JSON cannot come from a form on a stranger's page.
  if (!request.headers["content-type"]?.startsWith("application/json"))
    return answer(415, { problem: "The simulator accepts only JSON here." });
  if (!deed) return answer(404, { problem: `The simulator does not know "${name}": reload the page.` });
  try {
    return answer(200, await deed(JSON.parse(await bodyOf(request)) as Deed, user, people));
  } catch (error) {
    return answer(409, { problem: error instanceof Error ? error.message : String(error) });
  }
}
