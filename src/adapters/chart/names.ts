// What the shipped font has a picture for: Latin, Greek and Cyrillic letters and the usual marks.
const UNDRAWABLE = /[^\u0020-\u007e\u00a1-\u017f\u0370-\u03ff\u0400-\u045f\u2013\u2014\u2019\u2026]+/gu;

/**
 * A title made of names that people typed, as far as the shipped font can draw them; Slack's text has them in full.
 * @example drawableTitle(["iOS 🚀", "New users"], 40); // => "iOS – New users"
 */
export function drawableTitle(parts: readonly string[], max: number): string {
  const drawable = parts
    .map((part) => part.normalize("NFC").replace(UNDRAWABLE, " ").replace(/\s+/g, " ").trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
    .join(" – ");
  const letters = Array.from(drawable);
  return letters.length <= max
    ? drawable
    : `${letters
        .slice(0, max - 1)
        .join("")
        .trimEnd()}…`;
}
