import { lookup as systemLookup } from "node:dns/promises";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { PermanentError } from "../../errors.ts";

/** Addresses that are not on the internet: of this machine, of private networks, and reserved ones. */
const inside = new BlockList();
for (const [net, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  inside.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of [
  ["::", 127],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001:db8::", 32],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  inside.addSubnet(net, prefix, "ipv6");

/** Ranges of IPv6 whose last part is an IPv4 address, which then decides. */
const EMBEDDED = [/^::ffff:(?<hex>[0-9a-f:.]+)$/, /^64:ff9b::(?<hex>[0-9a-f:.]+)$/];

/**
 * Whether an IP address is not on the internet.
 * @example isInside("::ffff:10.0.0.1"); // => true
 */
export function isInside(address: string): boolean {
  if (isIP(address) === 4) return inside.check(address, "ipv4");
  const short = new URL(`http://[${address.split("%")[0]}]`).hostname.slice(1, -1);
  const hex = EMBEDDED.map((form) => form.exec(short)?.groups?.hex).find((found) => found !== undefined);
  if (hex !== undefined) return inside.check(ipv4Of(hex), "ipv4");
  // 6to4 embeds the address of its gateway.
  const [first, second = "0", third = "0"] = short.split(":");
  if (first === "2002") return inside.check(ipv4Of(`${second || "0"}:${third || "0"}`), "ipv4");
  return inside.check(short, "ipv6");
}

/** `a00:1` as `10.0.0.1`. */
function ipv4Of(hex: string): string {
  const [high = 0, low = 0] = hex.split(":").map((part) => Number.parseInt(part || "0", 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** Looks up a name; answers all its addresses. */
export type Resolve = (
  host: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const resolveBySystem: Resolve = (host) => systemLookup(host, { all: true });

/**
 * Looks up a name for a connection, and refuses one with an address that is not on the internet. The connection uses
 * what was checked, so a name that changes its address in between gains nothing.
 */
export const outsideLookup =
  (resolve: Resolve = resolveBySystem): LookupFunction =>
  (host, options, done) => {
    resolve(host).then(
      (found) => {
        const [first] = found;
        const wrong = found.find(({ address }) => isInside(address));
        if (wrong || !first) return done(notOutside(host), "", 0);
        return options.all ? done(null, [...found]) : done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, "", 0),
    );
  };

/** Throws PermanentError for an address that may not be called: not https, or an IP address that is not on the internet. */
export function checkAddress(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.protocol !== "https:")
    throw new PermanentError(`${url.host} is not called, since its address does not start with https://`, {
      failure: "destination-address",
      advice: 'Use an https address, or allow this one with "allowPrivate": true in DESTINATIONS.',
    });
  if (isIP(host) && isInside(host)) throw notOutside(url.host);
}

const notOutside = (host: string): PermanentError =>
  new PermanentError(`${host} is not called, since it is on a private network`, {
    failure: "destination-address",
    advice: 'If that is intended, allow it with "allowPrivate": true in DESTINATIONS.',
  });
