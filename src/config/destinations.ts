import { z } from "zod";
import { keepSecret } from "../redact.ts";
import { keepAddressSecret } from "./secrets.ts";

const address = z
  .string()
  .refine(
    (text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ""),
    "must be an address that starts with https://",
  );

const common = {
  /** Whether it may be called on a private network, and without TLS. */
  allowPrivate: z.boolean().default(false),
};

const text = z.string().min(1, "is empty");

/** The settings of each kind of destination. */
const destination = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("pagerduty"),
    routingKey: z.string().regex(/^[A-Za-z0-9]{32}$/, "must be the 32 characters of an integration key"),
    /** Of a webhook subscription, so that what people do in PagerDuty shows in Slack. */
    webhookSecret: z.string().min(12, "must have at least 12 characters").optional(),
    url: address.optional(),
    ...common,
  }),
  z.strictObject({
    kind: z.literal("incident.io"),
    source: text,
    token: z.string().min(8, "must be the token of the alert source"),
    url: address.optional(),
    ...common,
  }),
  z.strictObject({
    kind: z.enum(["opsgenie", "jira"]),
    apiKey: z.string().min(8, "must be the key of an API integration"),
    url: address.optional(),
    ...common,
  }),
  z.strictObject({
    kind: z.literal("alertmanager"),
    url: address,
    labels: z.record(z.string().regex(/^[a-zA-Z_]\w*$/, "is no name of a label"), text).default({}),
    authorization: text.optional(),
    ...common,
  }),
  z.strictObject({
    kind: z.literal("webhook"),
    url: address,
    secret: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'must be "whsec_" and at least 24 bytes in base64'),
    ...common,
  }),
  z.strictObject({
    kind: z.literal("mail"),
    smtp: z
      .string()
      .refine(
        (smtp) => /^smtps?:$/.test(URL.parse(smtp)?.protocol ?? ""),
        "must be smtps://user:password@host",
      ),
    from: z.string().includes("@", { error: "must be an address" }),
    to: z
      .union([z.string(), z.array(z.string()).min(1)])
      .transform((to) => (typeof to === "string" ? [to] : to)),
    ...common,
  }),
]);

/** A destination as it is configured; it holds secrets. */
export type DestinationConfig = z.infer<typeof destination> & { readonly name: string };

const NAME = /^[a-z][a-z0-9-]{0,29}$/;

/** Reads DESTINATIONS: a JSON object, by name. Returns the problems of all, without showing a value. */
export function readDestinations(json: string): {
  readonly destinations: readonly DestinationConfig[];
  readonly problems: readonly string[];
} {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { destinations: [], problems: ["DESTINATIONS is not JSON. docs/notifiers.md has an example"] };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { destinations: [], problems: ['DESTINATIONS must be an object such as {"pager": {"kind": …}}'] };
  keepSecretsOf(value);
  const read = Object.entries(value).map(([name, settings]) => readOne(name, settings));
  return {
    destinations: read.flatMap((one) => one.destination ?? []),
    problems: read.flatMap((one) => one.problems),
  };
}

function readOne(name: string, settings: unknown): { destination?: DestinationConfig; problems: string[] } {
  if (!NAME.test(name))
    return {
      problems: [
        `DESTINATIONS: "${name.slice(0, 40)}" is not a name. Use up to 30 characters of a–z, 0–9 and -`,
      ],
    };
  const parsed = destination.safeParse(settings);
  if (parsed.success) return { destination: { ...parsed.data, name }, problems: [] };
  return {
    problems: parsed.error.issues.map(({ path, message, code }) => {
      const where = ["DESTINATIONS", name, ...path].join(".");
      return code === "invalid_union" ? `${where} must be one of ${KINDS}` : `${where}: ${message}`;
    }),
  };
}

const KINDS = "pagerduty, incident.io, jira, opsgenie, alertmanager, webhook, mail";

/** Fields that hold no secret. */
const OPEN = new Set(["kind", "from", "to", "labels", "source", "allowPrivate"]);

/** Registered even if other settings are wrong, so that no error shows a secret. */
function keepSecretsOf(destinations: object): void {
  for (const settings of Object.values(destinations)) {
    if (typeof settings !== "object" || settings === null) continue;
    for (const [field, value] of Object.entries(settings)) {
      if (typeof value !== "string" || OPEN.has(field)) continue;
      if (field === "url" || field === "smtp") keepAddressSecret(value);
      else keepSecret(value);
    }
  }
}
