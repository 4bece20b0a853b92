type Method = (...values: never[]) => Promise<unknown>;

/** Wraps a call of a method: `call` makes it as it was asked for. */
type Around<Act> = Act extends (...values: infer Values) => Promise<infer Answer>
  ? (call: () => Promise<Answer>, ...values: Values) => Promise<Answer>
  : never;

/** Wrappers for the methods of a port; methods left out are called directly. */
export type Decoration<Port> = { readonly [Name in keyof Port]?: Around<Port[Name]> };

/**
 * The same port with wrapped methods. Each call passes on all its arguments, so that no decorator can lose one, even
 * one that is added later.
 * @example decorate(source, { points: (call, series) => timed(seriesId(series), call) });
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
