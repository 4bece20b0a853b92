// A name may hold control characters, which a terminal obeys, or direction marks, which turn the text around.
const OBEYED = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** The text for a terminal: line ends and tabs stay; all other control characters are escaped. */
export const printable = (text: string): string =>
  text.replace(OBEYED, (sign) =>
    sign === "\n" || sign === "\t" ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
