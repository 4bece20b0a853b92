/** Something that changes only through a compare-and-set on its version. */
interface VersionedStore<Thing> {
  byId(id: string): Promise<Thing | undefined>;
  save(thing: Thing): Promise<Thing | undefined>;
}

/**
 * Changes a stored object and retries when another writer came first, so that no write is lost. Does nothing when the
 * object does not exist, or `to` returns undefined or the same object. Returns what is stored afterwards.
 */
export async function amend<Thing extends object>(
  store: VersionedStore<Thing>,
  id: string,
  to: (thing: Thing) => Thing | undefined,
): Promise<Thing | undefined> {
  for (;;) {
    const before = await store.byId(id);
    const after = before && to(before);
    if (!after || after === before) return before;
    const saved = await store.save(after);
    if (saved) return saved;
  }
}
