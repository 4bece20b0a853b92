/** A read that all share who ask in the same turn of the event loop: hundreds of jobs may need the same settings. */
export function sharedRead<Answer>(read: () => Promise<Answer>): () => Promise<Answer> {
  let pending: Promise<Answer> | undefined;
  return () => {
    if (pending) return pending;
    pending = read();
    setImmediate(() => {
      pending = undefined;
    });
    return pending;
  };
}
