import { Refusal } from "../refusal.ts";
import type { View } from "../views/view.ts";
import { viewBodyOf } from "../views/view-body.ts";
import { type Acting, personIn } from "./acts.ts";
import { type Element, elementsIn } from "./elements.ts";
import { inputProblem } from "./input-problem.ts";
import { closedPayload, submissionPayload } from "./payloads.ts";
import { type Choice, picked } from "./picks.ts";
import { codeOf } from "./respond.ts";

/** What a person fills in, by block or by action. */
export type FormValues = Readonly<Record<string, Choice>>;

/** What came of submitting a view. */
export interface Submitted {
  /** The error at each field, by block: the app's, or what Slack itself asks for. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly failure?: string;
}

/** A person fills in a modal, the one on top, and submits it. */
export async function submitView(viewId: string, values: FormValues, acting: Acting): Promise<Submitted> {
  const { workspace, link } = acting;
  const view = fillIn(viewId, values, acting);
  const { user, body } = view;
  if (acting.workspace.views.of(user).at(-1)?.id !== viewId)
    throw new Error(`the modal ${viewId} is not on top`);
  if (!body.submit) throw new Error(`the modal ${viewId} has no button to submit it`);
  const errors = problemsIn(view);
  if (Object.keys(errors).length > 0) {
    workspace.views.note(viewId, { errors });
    return { errors };
  }
  workspace.views.note(viewId, { errors: {} });

  const person = personIn(acting, user);
  const trigger_id = workspace.triggers.mint({ user, viewId });
  const ways = { trigger_id, response_urls: responseUrls(view, acting) };
  const payload = submissionPayload(person, view, ways);
  const about = { about: view.body.callback_id ?? view.id, user };
  const answer = await link.deliver({ kind: "interactive", payload, takesReply: true }, about);
  if (!answer.acked) return { failure: answer.error };
  try {
    return follow(answer.body, workspace.views.find(viewId) ?? view, acting);
  } catch (error) {
    const failure = codeOf(error);
    link.fail("interactive", failure, about);
    return { failure };
  }
}

/** Does what the acknowledgement of a submission asks for. */
function follow(body: unknown, view: View, { workspace: { views } }: Acting): Submitted {
  const {
    response_action: action,
    errors,
    view: next,
  } = (body || {}) as {
    response_action?: string;
    errors?: Record<string, string>;
    view?: unknown;
  };
  switch (action) {
    case undefined:
      views.close(view.user, "top");
      return {};
    case "clear":
      views.close(view.user, "all");
      return {};
    case "update":
      views.update(view, viewBodyOf(next, ["modal"]));
      return {};
    case "push":
      views.push(view.user, viewBodyOf(next, ["modal"]));
      return {};
    case "errors": {
      const inputs = view.body.blocks
        .filter(({ type }) => type === "input")
        .map(({ block_id: id }) => String(id));
      const named = Object.keys(errors ?? {});
      if (named.length === 0 || !named.every((id) => inputs.includes(id)))
        throw new Refusal("invalid_errors");
      views.note(view.id, { errors: errors! });
      return { errors: errors! };
    }
    default:
      throw new Refusal("invalid_response_action");
  }
}

/** A person fills something into a view. */
export function fillIn(viewId: string, values: FormValues, { workspace: { views } }: Acting): View {
  const view = views.find(viewId);
  if (!view) throw new Error(`there is no view ${viewId}`);
  const elements = elementsIn(view.body.blocks);
  let filled = view;
  for (const [name, choice] of Object.entries(values)) {
    const found = elements.find(({ blockId, actionId }) => [blockId, actionId].includes(name));
    if (!found) throw new Error(`the view has no field ${name}`);
    const { blockId, actionId, element } = found;
    const pick = picked(element, choice, view.offered[actionId]);
    filled = views.fill(viewId, blockId, actionId, pick)!;
  }
  return filled;
}

/** What Slack itself asks for before it tells the app: nothing required is empty, nothing is of the wrong form. */
const problemsIn = (view: View): Record<string, string> =>
  Object.fromEntries(
    elementsIn(view.body.blocks)
      .filter(({ isInput }) => isInput)
      .map((element) => [element.blockId, inputProblem(element, pickIn(view, element))] as const)
      .filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

const pickIn = ({ values }: View, { blockId, actionId }: Element) => values[blockId]?.[actionId] ?? {};

/** An address for each field that asks for a conversation to answer in. */
const responseUrls = (view: View, { workspace, url }: Acting) =>
  elementsIn(view.body.blocks)
    .filter(({ element }) => element.response_url_enabled === true)
    .map((each) => ({ each, channel: String(pickIn(view, each).selected_conversation ?? "") }))
    .filter(({ channel }) => channel !== "" && channel !== "null")
    .map(({ each: { blockId, actionId }, channel }) => ({
      block_id: blockId,
      action_id: actionId,
      channel_id: channel,
      response_url: url() + workspace.responseUrls.mint({ channel, user: view.user }).path,
    }));

/** A person closes the modal on top, or all of them. */
export async function closeView(user: string, which: "top" | "all", acting: Acting): Promise<void> {
  const { workspace, link } = acting;
  const top = workspace.views.of(user).at(-1);
  const isCleared = which === "all" || top?.body.clear_on_close === true;
  const closed = workspace.views.close(user, isCleared ? "all" : "top");
  const person = personIn(acting, user);
  await Promise.all(
    closed
      .filter(({ body }) => body.notify_on_close)
      .map((view) =>
        link.deliver(
          { kind: "interactive", payload: closedPayload(person, view, isCleared), takesReply: false },
          { about: view.body.callback_id ?? view.id, user },
        ),
      ),
  );
}
