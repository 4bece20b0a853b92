import type { Instant, Unit } from "../time/time.ts";
import { plainWhen, type When, zonedSpan, zonedWhen } from "./times.ts";

/** A part of a text that each notifier writes in its own way. A string is written as it is. */
export type Part =
  | string
  /** A name that somebody typed. `longest`: where it is cut in a chat, if not where names usually are. */
  | { readonly kind: "name"; readonly name: string; readonly longest?: number }
  /** The beginning of a bucket, or an instant, which is shown by the reader's own clock where that is possible. */
  | { readonly kind: "time"; readonly at: Instant; readonly unit: Unit }
  /** The buckets that some numbers count, and since when. */
  | { readonly kind: "span"; readonly when: When; readonly unit: Unit }
  /** Who did something: a Slack user or user group by its id, or a name. */
  | { readonly kind: "person"; readonly by: string }
  | { readonly kind: "channel"; readonly id: string }
  | { readonly kind: "link"; readonly address: string; readonly label: string }
  | { readonly kind: "strong"; readonly text: Text }
  /** What does not hold any more. */
  | { readonly kind: "struck"; readonly text: Text }
  /** An id, or something to type. */
  | { readonly kind: "code"; readonly code: string };

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

export const name = (typed: string, longest?: number): Part => ({
  kind: "name",
  name: typed,
  ...(longest !== undefined && { longest }),
});
export const time = (at: Instant, unit: Unit = "hour"): Part => ({ kind: "time", at, unit });
export const span = (when: When, unit: Unit): Part => ({ kind: "span", when, unit });
export const person = (by: string): Part => ({ kind: "person", by });
export const channel = (id: string): Part => ({ kind: "channel", id });
export const link = (address: string, label: string): Part => ({ kind: "link", address, label });
export const strong = (value: string | Text): Part => ({
  kind: "strong",
  text: typeof value === "string" ? [value] : value,
});

export const struck = (value: Text): Part => ({ kind: "struck", text: value });
export const code = (typed: string): Part => ({ kind: "code", code: typed });

/** Texts in a row. */
export const joined = (texts: readonly (string | Text)[], separator: string): Text =>
  texts.flatMap((value, i) => [
    ...(i > 0 ? [separator] : []),
    ...(typeof value === "string" ? [value] : value),
  ]);

/** A text that begins with a capital letter. */
export const capital = (value: Text): Text => {
  const [first, ...rest] = value;
  return typeof first === "string" ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest] : value;
};

/** How somebody writes the parts of a text that are no plain string. */
export interface Writer {
  readonly string: (string: string) => string;
  readonly name: (name: string, longest?: number) => string;
  readonly time: (at: Instant, unit: Unit) => string;
  readonly span: (when: When, unit: Unit) => string;
  readonly person: (by: string) => string;
  readonly channel: (id: string) => string;
  readonly link: (address: string, label: string) => string;
  readonly strong: (written: string) => string;
  readonly struck: (written: string) => string;
  readonly code: (code: string) => string;
}

/** A text as the writer writes it. */
export const written = (value: Text, writer: Writer): string =>
  value.map((part) => partWritten(part, writer)).join("");

function partWritten(part: Part, writer: Writer): string {
  if (typeof part === "string") return writer.string(part);
  switch (part.kind) {
    case "name":
      return writer.name(part.name, part.longest);
    case "time":
      return writer.time(part.at, part.unit);
    case "span":
      return writer.span(part.when, part.unit);
    case "person":
      return writer.person(part.by);
    case "channel":
      return writer.channel(part.id);
    case "link":
      return writer.link(part.address, part.label);
    case "strong":
      return writer.strong(written(part.text, writer));
    case "struck":
      return writer.struck(written(part.text, writer));
    case "code":
      return writer.code(part.code);
  }
}

// Characters that end a line or change the reading direction of the following text.
const UNSEEN = /[\p{Cc}\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Plain text for a terminal, an e-mail or a log, with times in UTC unless a zone is given. */
export const plainText = (value: Text, zone?: string): string =>
  written(value, {
    string: (string) => string,
    name: (typed) => typed.replace(UNSEEN, " ").replace(/\s+/g, " ").trim() || "(no name)",
    time: (at, unit) => (zone === undefined ? plainWhen(at, unit) : zonedWhen(at, unit, zone)),
    span: (when, unit) => zonedSpan(when, unit, zone ?? "UTC"),
    person: (by) => by,
    channel: (id) => id,
    link: (address, label) => `${label} (${address})`,
    strong: (inner) => inner,
    struck: (inner) => inner,
    code: (typed) => typed,
  });
