import type { Instant } from "../../../src/time/time.ts";
import { named } from "../interaction/elements.ts";
import { Refusal } from "../refusal.ts";
import { fieldAt, type Untouched, type Values, type View, type ViewBody, valuesOf } from "./view.ts";

/** A root and two pushed onto it. */
const DEEPEST = 3;

export type Views = ReturnType<typeof createViews>;

/** The modals that people have open, and their Home tabs. */
export function createViews(clock: () => Instant, changed: () => void) {
  const stacks = new Map<string, View[]>();
  const homes = new Map<string, View>();
  let made = 0;
  let untouchedAs: Untouched | undefined;

  const stackOf = (user: string): View[] => stacks.get(user) ?? [];
  const open = (): View[] => [...stacks.values()].flat();
  const put = (user: string, stack: View[]) => {
    stacks.set(user, stack);
    changed();
  };
  const nextId = () => `V0SIM${String(++made).padStart(6, "0")}`;
  const nextHash = () => `${Math.floor(clock() / 1_000)}.${String(++made).padStart(8, "0")}`;

  const begun = (user: string, body: ViewBody, below?: View): View => {
    const id = nextId();
    const blocks = named(body.blocks);
    return {
      id,
      user,
      body: { ...body, blocks },
      hash: nextHash(),
      rootId: below?.rootId ?? id,
      ...(below && { previousId: below.id }),
      values: valuesOf(blocks),
      touched: [],
      offered: {},
      errors: {},
    };
  };
  const changedTo = (view: View, body: ViewBody): View => {
    const blocks = named(body.blocks);
    const values = valuesOf(blocks, view.values);
    const next = { ...view, body: { ...body, blocks }, hash: nextHash(), values, errors: {} };
    return untouchedAs && body.type === "modal" ? { ...next, untouchedAs } : next;
  };
  const checkExternalId = ({ external_id: id }: ViewBody, except?: string) => {
    const others = [...open(), ...homes.values()].filter((view) => view.id !== except);
    if (id && others.some(({ body }) => body.external_id === id)) throw new Refusal("duplicate_external_id");
  };
  const replace = (view: View) => {
    if (homes.get(view.user)?.id === view.id) {
      homes.set(view.user, view);
      return changed();
    }
    put(
      view.user,
      stackOf(view.user).map((each) => (each.id === view.id ? view : each)),
    );
  };
  const find = (id: string): View | undefined =>
    [...open(), ...homes.values()].find((view) => view.id === id);

  return {
    /** A person's modals, the one on top last. */
    of: (user: string): readonly View[] => stackOf(user),
    home: (user: string): View | undefined => homes.get(user),
    find,
    byExternalId: (id: string): View | undefined => open().find(({ body }) => body.external_id === id),
    open(user: string, body: ViewBody): View {
      checkExternalId(body);
      const view = begun(user, body);
      put(user, [view]);
      return view;
    },
    push(user: string, body: ViewBody): View {
      const stack = stackOf(user);
      if (stack.length === 0) throw new Refusal("not_found");
      if (stack.length >= DEEPEST) throw new Refusal("push_limit_reached");
      checkExternalId(body);
      const view = begun(user, body, stack.at(-1));
      put(user, [...stack, view]);
      return view;
    },
    update(view: View, body: ViewBody, hash?: string): View {
      if (hash !== undefined && hash !== view.hash) throw new Refusal("hash_conflict");
      checkExternalId(body, view.id);
      const next = changedTo(view, body);
      replace(next);
      return next;
    },
    publish(user: string, body: ViewBody, hash?: string): View {
      const old = homes.get(user);
      if (old && hash !== undefined && hash !== old.hash) throw new Refusal("hash_conflict");
      checkExternalId(body, old?.id);
      const view = old ? changedTo(old, body) : begun(user, body);
      homes.set(user, view);
      changed();
      return view;
    },
    /** From now on, views that are drawn anew tell so of what nobody touched, or again as they should. */
    sendUntouched(as: Untouched | undefined): void {
      untouchedAs = as;
    },
    /** A person fills something into a field. */
    fill(id: string, blockId: string, actionId: string, value: Values[string][string]): View | undefined {
      const view = find(id);
      if (!view) return undefined;
      const values = { ...view.values, [blockId]: { ...view.values[blockId], [actionId]: value } };
      const next = { ...view, values, touched: [...view.touched, fieldAt(blockId, actionId)] };
      replace(next);
      return next;
    },
    /** A person is offered or told something. */
    note(id: string, change: Partial<Pick<View, "offered" | "errors">>): View | undefined {
      const view = find(id);
      if (!view) return undefined;
      const next = { ...view, ...change };
      replace(next);
      return next;
    },
    /** Takes the view on top away, or all; answers those that went, the top one first. */
    close(user: string, which: "top" | "all"): View[] {
      const stack = stackOf(user);
      const kept = which === "all" ? [] : stack.slice(0, -1);
      put(user, kept);
      return stack.slice(kept.length).reverse();
    },
  };
}
