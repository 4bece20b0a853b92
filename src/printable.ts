// A terminal obeys control signs, and turns what follows a mark of direction: a name may hold either.
const OBEYED = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** The text as a terminal may show it: line ends and tabs stay, whatever else it would obey is written out. */
export const printable = (text: string): string =>
  text.replace(OBEYED, (sign) =>
    sign === "\n" || sign === "\t" ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
