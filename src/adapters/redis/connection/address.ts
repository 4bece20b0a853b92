/** One server of a Redis. */
export interface Node {
  readonly host: string;
  readonly port: number;
}

/** Where Redis is: one server, a cluster by some of its servers, or what the sentinels of a name point to. */
export interface Address {
  readonly kind: "single" | "cluster" | "sentinel";
  /** At least one; of a cluster not all have to be named. */
  readonly nodes: readonly Node[];
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
  /** The number of the database, of a single server and behind sentinels. */
  readonly db?: number;
  /** What the sentinels call the master, and the password they ask for themselves. */
  readonly name?: string;
  readonly sentinelPassword?: string;
}

/** The forms an address may have, for people. */
export const ADDRESS_FORMS =
  "redis://host:6379, redis+cluster://host1:6379,host2:6379 or redis+sentinel://host1:26379,host2:26379?name=mymaster, with rediss for TLS and user:password@ before the hosts where they are asked for";

const PATTERN =
  /^redis(?<tls>s?)(?:\+(?<kind>cluster|sentinel))?:\/\/(?:(?<user>[^:@/\s]*)(?::(?<password>[^@/\s]*))?@)?(?<hosts>[^@/?\s]+)(?:\/(?<db>\d{1,3})?)?(?:\?(?<query>\S*))?$/;

const DEFAULT_PORT = { single: 6_379, cluster: 6_379, sentinel: 26_379 } as const;

/**
 * Reads the address of a Redis; undefined when it is none.
 * @example readAddress("rediss+cluster://:secret@a:7000,b") // => a cluster of a:7000, b:6379 …, over TLS
 */
export function readAddress(url: string): Address | undefined {
  const found = PATTERN.exec(url)?.groups;
  if (!found) return undefined;
  const kind = (found.kind ?? "single") as Address["kind"];
  const nodes = found.hosts!.split(",").map((host) => nodeOf(host, DEFAULT_PORT[kind]));
  const query = new URLSearchParams(found.query);
  const name = query.get("name") ?? undefined;
  const sentinelPassword = query.get("sentinelPassword") ?? undefined;
  const [username, password] = [decoded(found.user), decoded(found.password)];
  if (nodes.includes(undefined) || (kind === "single" && nodes.length > 1)) return undefined;
  if (kind === "sentinel" ? !name : name !== undefined) return undefined;
  if (kind === "cluster" && Number(found.db ?? 0) !== 0) return undefined;
  return {
    kind,
    nodes: nodes.filter((node) => node !== undefined),
    tls: found.tls === "s",
    ...(username && { username }),
    ...(password && { password }),
    ...(found.db && { db: Number(found.db) }),
    ...(name && { name }),
    ...(sentinelPassword && { sentinelPassword }),
  };
}

/** `host`, `host:port` or `[IPv6]:port`. */
function nodeOf(text: string, defaultPort: number): Node | undefined {
  const [, v6, name, port] = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = v6 ?? name;
  const number = port === undefined ? defaultPort : Number(port);
  return host && number > 0 && number < 65_536 ? { host, port: number } : undefined;
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text);
  } catch {
    // A bare percent sign stands for itself.
    return text;
  }
}
