/** A port one of whose methods stops at its first call, so that another writer can come between. */
export interface Paused<Port> {
  readonly port: Port;
  /** Ends once the call has come so far. */
  readonly reached: Promise<void>;
  /** Lets the call go on, and all later ones. Without it the caller is as good as killed there. */
  letThrough(): void;
}

/**
 * Stops the first call of a method: before it does anything, or when it is done and its caller does not know yet. Later
 * calls, and those of the port itself, go through.
 */
export function pausing<Port extends object>(
  port: Port,
  name: keyof Port,
  when: "before" | "after" = "before",
): Paused<Port> {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let isFirst = true;
  const stop = async () => {
    if (!isFirst) return;
    isFirst = false;
    reached.resolve();
    await released.promise;
  };
  const act = port[name] as (...given: unknown[]) => unknown;
  const paused = async (...given: unknown[]) => {
    if (when === "before") await stop();
    const answer = await act.apply(port, given);
    if (when === "after") await stop();
    return answer;
  };
  return {
    port: new Proxy(port, { get: (target, key) => (key === name ? paused : Reflect.get(target, key)) }),
    reached: reached.promise,
    letThrough: released.resolve,
  };
}
