const last = new Map<string, Promise<unknown>>();

/**
 * Shows something on a person's dashboard, or in a view, after whatever is being shown there already: of two under way
 * at once, Slack keeps the one that arrives last, which may be the older. Rejects as `show` does; the next turn comes
 * all the same.
 * @param place the id of the person or of the view
 */
export function inTurn<T>(place: string, show: () => Promise<T>): Promise<T> {
  const shown = (last.get(place) ?? Promise.resolve()).then(show);
  const turn: Promise<unknown> = shown
    .catch(() => undefined)
    .then(() => last.get(place) === turn && last.delete(place));
  last.set(place, turn);
  return shown;
}
