/** What is wrong with a text object; nothing when all is well. */
export function textProblem(
  value: unknown,
  name: string,
  most: number,
  types = ["plain_text", "mrkdwn"],
): string | undefined {
  const { type, text, ...more } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (!types.includes(String(type))) return `${name} must be ${types.join(" or ")}`;
  if (typeof text !== "string" || text === "") return `${name} must be more than 0 characters`;
  return (
    tooLong(text, name, most) ??
    unknownKey(more, [type === "mrkdwn" ? "verbatim" : "emoji"])?.replace(/^/, `${name}/`)
  );
}

/** Lengths count code points, as Slack counts them. */
export const tooLong = (text: string, name: string, most: number): string | undefined =>
  Array.from(text).length > most ? `${name} must be less than ${most + 1} characters` : undefined;

/** What is wrong with a bare text that may be absent. */
export const lineProblem = (value: unknown, name: string, most: number): string | undefined =>
  value === undefined
    ? undefined
    : typeof value === "string" && value !== ""
      ? tooLong(value, name, most)
      : `${name} is no text`;

/** Slack refuses what it does not know. */
export function unknownKey(value: object, known: readonly string[]): string | undefined {
  const key = Object.keys(value).find((each) => !known.includes(each));
  return key === undefined ? undefined : `unknown field: ${key}`;
}

/** What is wrong with a list that may be absent, and with each of its items. */
export function listProblems(
  list: unknown,
  name: string,
  most: number,
  check: (item: unknown, name: string) => string | undefined,
): (string | undefined)[] {
  if (list === undefined) return [];
  if (!Array.isArray(list) || list.length === 0) return [`${name} is no list or empty`];
  if (list.length > most) return [`${name}: no more than ${most} items allowed`];
  return list.map((item, index) => check(item, `${name}/${index}`));
}

/** What is wrong with a list that must be there. */
export const neededList = (...[list, name, most, check]: Parameters<typeof listProblems>) =>
  list === undefined ? [`no ${name}`] : listProblems(list, name, most, check);
