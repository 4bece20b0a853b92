import type { Shown } from "./draw.ts";

/** More views are not drawn at once. */
const MOST_VIEWS = 1000;

const latest = new Map<string, symbol>();

/**
 * A view for the interaction that just arrived to draw: what earlier interactions with it still read is then not drawn
 * over it. To be called before the first `await`, so that interactions count in the order in which they arrive. The
 * view has no hash, because an earlier interaction may have drawn it since the click.
 */
export function asLatest(id: string): Shown {
  const mine = Symbol(id);
  latest.delete(id);
  latest.set(id, mine);
  const [oldest] = latest.keys();
  if (latest.size > MOST_VIEWS && oldest) latest.delete(oldest);
  return { id, isLatest: () => latest.get(id) === mine };
}
