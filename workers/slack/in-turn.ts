const last = new Map<string, Promise<unknown>>();

/**
 * Shows something on a person's dashboard after whatever is being shown there already: of two publishes under way at
 * once, Slack keeps the one that arrives last, which may be the older. Rejects as `show` does; the next turn comes all
 * the same.
 */
export function inTurn<T>(user: string, show: () => Promise<T>): Promise<T> {
  const shown = (last.get(user) ?? Promise.resolve()).then(show);
  const turn: Promise<unknown> = shown
    .catch(() => undefined)
    .then(() => last.get(user) === turn && last.delete(user));
  last.set(user, turn);
  return shown;
}
