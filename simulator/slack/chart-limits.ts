import { limits } from "./limits.ts";
import type { Block } from "./message.ts";

const MOST = limits.chart;

/** What Slack would refuse about a chart that it is to draw itself. */
export function chartProblems({ title, chart }: Block): (string | undefined)[] {
  const { type, series, segments, axis_config: axis } = (chart ?? {}) as Block;
  if (type === "pie") return [longer(title, MOST.title, "title"), listOf(segments, MOST.series, "segments")];
  const { categories, x_label: x, y_label: y } = (axis ?? {}) as Block;
  const names = Array.isArray(categories) ? categories.map(String) : [];
  const lines = Array.isArray(series) ? (series as Block[]) : [];
  return [
    ["line", "bar", "area"].includes(String(type)) ? undefined : "unknown type of chart",
    longer(title, MOST.title, "title"),
    listOf(series, MOST.series, "series"),
    listOf(categories, MOST.points, "categories"),
    ...names.map((name) => longer(name, MOST.name, "category")),
    new Set(names).size < names.length ? "categories are not unique" : undefined,
    new Set(lines.map(({ name }) => name)).size < lines.length ? "series are not unique" : undefined,
    ...lines.flatMap(({ name, data }) => [
      longer(name, MOST.name, "series name"),
      ...pointProblems(data, names),
    ]),
    ...[x, y].map((label) => (label === undefined ? undefined : longer(label, MOST.axis, "axis label"))),
  ];
}

function pointProblems(data: unknown, categories: readonly string[]): (string | undefined)[] {
  if (!Array.isArray(data)) return ["data is no list"];
  const labels = data.map(({ label }: Block) => label);
  return [
    labels.join("\n") === categories.join("\n") ? undefined : "a series needs a value for every category",
    data.every(({ value }: Block) => typeof value === "number") ? undefined : "a value is no number",
  ];
}

const listOf = (list: unknown, most: number, name: string): string | undefined =>
  Array.isArray(list) && list.length > 0 && list.length <= most ? undefined : `${name}: 1 to ${most} items`;

const longer = (text: unknown, most: number, name: string): string | undefined =>
  typeof text === "string" && text !== "" && Array.from(text).length <= most
    ? undefined
    : `${name}: 1 to ${most} characters`;
