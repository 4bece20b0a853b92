import type { Instant, Unit } from "../time/time.ts";
import { plainWhen } from "./times.ts";

/** A part of a text that each notifier writes in its own way. A string is written as it is. */
export type Part =
  | string
  /** A name that somebody typed. */
  | { readonly kind: "name"; readonly name: string }
  /** The beginning of a bucket, or an instant, which is shown by the reader's own clock where that is possible. */
  | { readonly kind: "time"; readonly at: Instant; readonly unit: Unit }
  /** Who did something: a Slack user or user group by its id, or a name. */
  | { readonly kind: "person"; readonly by: string }
  | { readonly kind: "channel"; readonly id: string }
  | { readonly kind: "link"; readonly address: string; readonly label: string }
  | { readonly kind: "strong"; readonly text: Text };

/** A text that people read, before a notifier or the command line writes it. */
export type Text = readonly Part[];

/**
 * A text with its parts in place.
 * @example text`Labeled ${strong("real")} by ${person("U0ADA0001")}`
 */
export const text = (strings: TemplateStringsArray, ...values: readonly (Part | Text)[]): Text =>
  strings.flatMap((string, i) => {
    const value = values[i] ?? "";
    return [string, ...(isText(value) ? value : [value])].filter((part) => part !== "");
  });

const isText = (value: Part | Text): value is Text => Array.isArray(value);

export const name = (typed: string): Part => ({ kind: "name", name: typed });
export const time = (at: Instant, unit: Unit = "hour"): Part => ({ kind: "time", at, unit });
export const person = (by: string): Part => ({ kind: "person", by });
export const channel = (id: string): Part => ({ kind: "channel", id });
export const link = (address: string, label: string): Part => ({ kind: "link", address, label });
export const strong = (value: string | Text): Part => ({
  kind: "strong",
  text: typeof value === "string" ? [value] : value,
});

/** Texts in a row. */
export const joined = (texts: readonly (string | Text)[], separator: string): Text =>
  texts.flatMap((value, i) => [
    ...(i > 0 ? [separator] : []),
    ...(typeof value === "string" ? [value] : value),
  ]);

/** How somebody writes the parts of a text that are no plain string. */
export interface Writer {
  readonly string: (string: string) => string;
  readonly name: (name: string) => string;
  readonly time: (at: Instant, unit: Unit) => string;
  readonly person: (by: string) => string;
  readonly channel: (id: string) => string;
  readonly link: (address: string, label: string) => string;
  readonly strong: (written: string) => string;
}

/** A text as the writer writes it. */
export const written = (value: Text, writer: Writer): string =>
  value.map((part) => partWritten(part, writer)).join("");

function partWritten(part: Part, writer: Writer): string {
  if (typeof part === "string") return writer.string(part);
  switch (part.kind) {
    case "name":
      return writer.name(part.name);
    case "time":
      return writer.time(part.at, part.unit);
    case "person":
      return writer.person(part.by);
    case "channel":
      return writer.channel(part.id);
    case "link":
      return writer.link(part.address, part.label);
    case "strong":
      return writer.strong(written(part.text, writer));
  }
}

/** Plain text, with times in UTC, for a terminal, an e-mail or a log. */
export const plainText = (value: Text): string =>
  written(value, {
    string: (string) => string,
    name: (typed) => typed,
    time: plainWhen,
    person: (by) => by,
    channel: (id) => id,
    link: (address, label) => `${label} (${address})`,
    strong: (inner) => inner,
  });
