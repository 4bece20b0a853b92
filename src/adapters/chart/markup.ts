type Attributes = Readonly<Record<string, string | number | undefined>>;

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (mark) => ESCAPES[mark]!);

/**
 * An SVG element; numbers are rounded to hundredths, and an attribute that is undefined is left out.
 * @example tag("rect", { x: 1.2345, width: 2 }); // => '<rect x="1.23" width="2"/>'
 */
export function tag(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(typeof value === "number" ? number(value) : value!)}"`)
    .join("");
  const inner = children.filter((child) => child !== "").join("\n");
  return inner === "" ? `<${name}${list}/>` : `<${name}${list}>${inner}</${name}>`;
}

/** A line of text, its letters made harmless. */
export const words = (text: string, attributes: Attributes): string => tag("text", attributes, escaped(text));

const number = (value: number): string => String(Math.round(value * 100) / 100 + 0);
