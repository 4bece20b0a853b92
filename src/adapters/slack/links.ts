const PERSON = /^[UW][A-Z0-9]{6,}$/;
const GROUP = /^S[A-Z0-9]{6,}$/;

/** A link under a name of ours; the address was checked when it was given. */
export const link = (address: string, name: string): string =>
  `<${encodeURI(decoded(address)).replace(/[<>|]/g, encodeURIComponent).replaceAll("&", "&amp;")}|${name}>`;

function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** Mentions a Slack user or user group by its id; undefined for what is neither. */
export function mention(id: string): string | undefined {
  if (PERSON.test(id)) return `<@${id}>`;
  return GROUP.test(id) ? `<!subteam^${id}>` : undefined;
}
