/** A text cut to what a service accepts, never within a character. */
export const clipped = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest - 1).toWellFormed()}…` : text;
