type Method = (...values: never[]) => Promise<unknown>;

/** What goes on around a call of a method: `call` makes it as it was asked for. */
type Around<Act> = Act extends (...values: infer Values) => Promise<infer Answer>
  ? (call: () => Promise<Answer>, ...values: Values) => Promise<Answer>
  : never;

/** What goes on around the methods of a port; those left out are called as they are. */
export type Decoration<Port> = { readonly [Name in keyof Port]?: Around<Port[Name]> };

/**
 * The same port, with something done around some of its methods. Each call is passed on with whatever it was given, so
 * that no decorator can lose a parameter, also one that the port is given later.
 * @example decorate(source, { sessions: (call, series) => timed(seriesId(series), call) });
 */
export function decorate<Port extends object>(port: Port, decoration: Decoration<Port>): Port {
  const decorated = Object.entries(decoration).map(([name, alertContext]) => [
    name,
    (...values: never[]) =>
      (alertContext as (call: () => Promise<unknown>, ...values: never[]) => unknown)(
        () => (port[name as keyof Port] as Method)(...values),
        ...values,
      ),
  ]);
  return { ...port, ...(Object.fromEntries(decorated) as Partial<Port>) };
}
