import { escaped } from "./escape.ts";

const PERSON = /^[UW][A-Z0-9]{6,}$/;
const GROUP = /^S[A-Z0-9]{6,}$/;

/** A named link. The address was checked when it was entered. */
export const link = (address: string, name: string): string =>
  `<${escaped(encoded(address).replace(/[<>|]/g, encodeURIComponent))}|${name}>`;

/** The address with all invalid characters encoded. Existing codes stay. */
const encoded = (address: string): string =>
  encodeURI(address.toWellFormed()).replace(/%25([0-9a-f]{2})/gi, "%$1");

/** Mentions a Slack user or user group by id; undefined for any other id. */
export function mention(id: string): string | undefined {
  if (PERSON.test(id)) return `<@${id}>`;
  return GROUP.test(id) ? `<!subteam^${id}>` : undefined;
}
