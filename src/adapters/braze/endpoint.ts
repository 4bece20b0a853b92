/** One of Braze's instances, as hosts without a scheme. */
export interface Instance {
  readonly name: string;
  readonly rest: string;
  readonly sdk: string;
  readonly dashboard: string;
}

const instance = (name: string, place: string, domain: string, dashboard: string): Instance => ({
  name,
  rest: `rest.${place}.${domain}`,
  sdk: `sdk.${place}.${domain}`,
  dashboard: `${dashboard}.${domain}`,
});

/** Every instance Braze documents; there is no US-09. */
export const instances: readonly Instance[] = [
  ...["01", "02", "03", "04", "05", "06", "07", "08"].map((number) =>
    instance(`US-${number}`, `iad-${number}`, "braze.com", `dashboard-${number}`),
  ),
  instance("US-10", "us-10", "braze.com", "dashboard.us-10"),
  instance("EU-01", "fra-01", "braze.eu", "dashboard-01"),
  instance("EU-02", "fra-02", "braze.eu", "dashboard-02"),
  ...["AU-01", "ID-01", "JP-01", "KR-01"].map((name) =>
    instance(name, name.toLowerCase(), "braze.com", `dashboard.${name.toLowerCase()}`),
  ),
];

/**
 * The REST endpoint of the instance an address belongs to, be it the REST, the SDK or the dashboard one; undefined
 * when it belongs to none.
 * @example restHostFor("https://dashboard-03.braze.com/apps"); // => "https://rest.iad-03.braze.com"
 */
export function restHostFor(url: string): string | undefined {
  const host = hostOf(url);
  const known = instances.find(({ rest, sdk, dashboard }) => [rest, sdk, dashboard].includes(host));
  const guess = known ?? instances.find(({ rest }) => rest === misspelt(host));
  return guess && `https://${guess.rest}`;
}

/**
 * Where the dashboard of a REST endpoint's instance is; undefined when the instance is not known.
 * @example dashboardFor("https://rest.iad-03.braze.com"); // => "https://dashboard-03.braze.com"
 */
export function dashboardFor(endpoint: string): string | undefined {
  const known = instances.find(({ rest }) => rest === hostOf(endpoint));
  return known && `https://${known.dashboard}`;
}

/** What is wrong with an address as the REST endpoint of Braze, to be read after its name; empty when it will do. */
export function checkEndpoint(url: string): string[] {
  const address = URL.parse(url);
  const rest = restHostFor(url);
  const instead = rest ?? "https://rest.iad-01.braze.com";
  if (!address || !/^https?:$/.test(address.protocol)) {
    return [`is not an address: write ${instead}`];
  }
  const problems: string[] = [];
  if (rest && `https://${address.host}` !== rest) {
    problems.push(`is not the address of the REST API (${kindOf(address.host)}): write ${rest}`);
  }
  if (!rest && /^(sdk|dashboard)/.test(address.host)) {
    problems.push(
      `is not the address of the REST API (${kindOf(address.host)}): Braze lists the REST endpoint of each instance under "API and SDK endpoints"`,
    );
  }
  if (address.protocol === "http:" && !isLoopback(address.hostname)) {
    problems.push("is not encrypted: it must begin with https://");
  }
  if (address.username || address.password) {
    problems.push("holds a user name or a password: the key has a setting of its own");
  }
  if (address.pathname !== "/" || address.search || address.hash) {
    problems.push(`holds more than a host: write it without a path, as ${address.protocol}//${address.host}`);
  }
  return problems;
}

// Not by URL.canParse, which says yes to some long addresses that the constructor refuses.
const hostOf = (url: string): string => {
  const address = /^[a-z]+:\/\//i.test(url) ? url : `https://${url}`;
  return URL.parse(address)?.hostname ?? "";
};

// The usual slips: the wrong top-level domain, and a dash for a dot.
const misspelt = (host: string): string => {
  const place = /^(?:rest|sdk|dashboard)[.-]((?:iad|us|fra|au|id|jp|kr)-\d\d)\.braze\.(?:com|eu)$/.exec(
    host,
  )?.[1];
  return place ? `rest.${place}.braze.${place.startsWith("fra") ? "eu" : "com"}` : "";
};

function kindOf(host: string): string {
  if (host.startsWith("sdk")) return "it is that of the SDK";
  return host.startsWith("dashboard") ? "it is that of the dashboard" : "no such host is known";
}

/** Whether a host is this machine itself. */
export const isLoopback = (hostname: string): boolean =>
  /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
