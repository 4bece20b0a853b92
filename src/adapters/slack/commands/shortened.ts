/** What was typed, short enough to be quoted back. */
export const shortened = (word: string): string => (word.length > 60 ? `${word.slice(0, 59)}…` : word);
