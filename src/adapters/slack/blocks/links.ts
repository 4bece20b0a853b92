const PERSON = /^[UW][A-Z0-9]{6,}$/;
const GROUP = /^S[A-Z0-9]{6,}$/;

/** A link under a name of ours; the address was checked when it was given. */
export const link = (address: string, name: string): string =>
  `<${escaped(address).replace(/[<>|]/g, encodeURIComponent).replaceAll("&", "&amp;")}|${name}>`;

/** The address with whatever no address holds escaped, and what is escaped already left as it is. */
const escaped = (address: string): string =>
  encodeURI(address.toWellFormed()).replace(/%25([0-9a-f]{2})/gi, "%$1");

/** Mentions a Slack user or user group by its id; undefined for what is neither. */
export function mention(id: string): string | undefined {
  if (PERSON.test(id)) return `<@${id}>`;
  return GROUP.test(id) ? `<!subteam^${id}>` : undefined;
}
