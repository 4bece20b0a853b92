/** Typed text, cut to a length that can be quoted back. */
export const shortened = (word: string): string => (word.length > 60 ? `${word.slice(0, 59)}…` : word);
