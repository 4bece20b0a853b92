import type { Call } from "../method.ts";
import { Refusal } from "../refusal.ts";
import { wireView } from "./view.ts";
import { viewBodyOf } from "./view-body.ts";

/** `views.open`. */
export function openView({ args, workspace }: Call) {
  const body = viewBodyOf(args.view, ["modal"]);
  const { user } = workspace.triggers.take(triggerIn(args));
  return { view: wireView(workspace.views.open(user, body)) };
}

/** `views.push`: only out of a modal. */
export function pushView({ args, workspace }: Call) {
  const body = viewBodyOf(args.view, ["modal"]);
  const { user, viewId } = workspace.triggers.take(triggerIn(args));
  if (!viewId || !workspace.views.of(user).some(({ id }) => id === viewId)) throw new Refusal("not_found");
  return { view: wireView(workspace.views.push(user, body)) };
}

/** `views.update`. */
export function updateView({ args, workspace }: Call) {
  const view =
    args.external_id === undefined
      ? workspace.views.find(String(args.view_id))
      : workspace.views.byExternalId(String(args.external_id));
  if (!view) throw new Refusal("not_found");
  const body = viewBodyOf(args.view, [view.body.type]);
  return { view: wireView(workspace.views.update(view, body, hashIn(args))) };
}

/** `views.publish`. */
export function publishView({ args, workspace }: Call) {
  const person = workspace.person(String(args.user_id));
  if (!person) throw new Refusal("invalid_arguments");
  const body = viewBodyOf(args.view, ["home"]);
  return { view: wireView(workspace.views.publish(person.id, body, hashIn(args))) };
}

const hashIn = ({ hash }: Call["args"]): string | undefined => (hash ? String(hash) : undefined);

const triggerIn = ({ trigger_id: id }: Call["args"]): string => {
  if (id === undefined || id === "") throw new Refusal("invalid_trigger_id");
  return String(id);
};
