/** What changes only through a compare-and-set on its version. */
interface VersionedStore<Thing> {
  byId(id: string): Promise<Thing | undefined>;
  save(thing: Thing): Promise<Thing | undefined>;
}

/**
 * Changes a stored thing, beginning again where another writer came between, so that what others wrote stays. Does nothing
 * where there is none, or `to` answers nothing or the same. Answers how it is stored then.
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
