import { numberOf, readArgs } from "../src/cli/command.ts";
import { InputError } from "../src/errors.ts";
import { isMetric } from "../src/metrics/metrics.ts";
import { HOUR, type Instant } from "../src/time/time.ts";
import { canonicalZone } from "../src/time/zone.ts";
import { type Counts, generated, type Recording, recorded, recordings } from "./braze/counts.ts";
import type { ScriptedIncident, Target } from "./braze/incidents.ts";
import type { SimulatorOptions } from "./braze/server.ts";
import { type Switches, switchValues, type Writing, writingValues } from "./braze/switches.ts";
import { eventOf, messagesOf, productOf } from "./item-options.ts";

const allSwitches = { ...switchValues, ...writingValues };

const KINDS = ["outage", "drop", "spike", "ramp", "shift", "refunds"] as const;

/** How the command is called. */
export const USAGE = `npm run simulator -- [--port 4010] [--speed 1] [--zone America/New_York] [--key KEY]
                        [--app ID[=${recordings.join("|")}|LEVEL]]…  what is counted: real counts, or about LEVEL an hour
                        [--segment ID=SHARE]…                  a segment with that share of each app, such as us=30%
                        [--event "NAME=RATE"]…                 a custom event, so many times a session: "Order Completed=0.12"
                        [--product "NAME=RATE@PRICE"]…         a product, and its price: "Rice Bowl=0.08@12.50"
                        [--campaign ID=RATE:CHANNEL,…]…        a campaign: 0-summer=0.3:email,ios_push
                        [--canvas ID=RATE:CHANNEL,…]…          a Canvas, the same
                        [--incident APP:KIND:IN:HOURS[:SIZE]]…  ${KINDS.join(", ")}, in so many hours
                        [--incident "APP/WHAT:KIND:…"]…        only of a metric, an event or a product: "web/Order Completed:drop:1:3:0.7"
                        [--switch NAME=VALUE]…                 one of the unknowns of Braze:
${Object.entries(allSwitches)
  .map(([name, values]) => `                          ${name}=${values.join("|")}`)
  .join("\n")}`;

/** What was asked for, understood. */
export interface SimulatorCommand {
  readonly speed: number;
  readonly options: SimulatorOptions & { readonly apiKey: string };
}

const DEFAULT_APPS = ["ios=cars", "android=pedestrians", "web=bike-rentals"];
/** A shop, so that every metric can be tried. */
const DEFAULT_EVENTS = ["Order Completed=0.12", "Signed Up=0.03"];
const DEFAULT_PRODUCTS = ["Rice Bowl=0.08@12.50", "Family Box=0.02@49"];
const DEFAULT_CAMPAIGNS = ["0-summer-sale=0.3:email,ios_push"];
const DEFAULT_CANVASES = ["0-welcome=0.1:email"];

/** Reads the command line. Throws InputError for what cannot be understood. */
export function simulatorCommand(args: string[], now: Instant): SimulatorCommand {
  const { values } = parsed(args);
  const zone = zoneOf(values.zone ?? "UTC");
  const apps = (values.app ?? DEFAULT_APPS).map((text, place) => appOf(text, place, zone, now));
  const items = {
    events: (values.event ?? DEFAULT_EVENTS).map(eventOf),
    products: (values.product ?? DEFAULT_PRODUCTS).map(productOf),
    campaigns: (values.campaign ?? DEFAULT_CAMPAIGNS).map((text) => messagesOf("campaign", text)),
    canvases: (values.canvas ?? DEFAULT_CANVASES).map((text) => messagesOf("canvas", text)),
  };
  return {
    speed: numberOf("speed", values.speed ?? "1", 0.001, 1_000_000),
    options: {
      port: Math.floor(numberOf("port", values.port ?? "4010", 0, 65_535)),
      apiKey: keyOf(values.key ?? "simulated-braze-key"),
      zone,
      apps,
      segments: (values.segment ?? []).map(segmentOf),
      ...items,
      incidents: (values.incident ?? []).map((text) => incidentOf(text, { apps, ...items }, now)),
      switches: Object.assign({}, ...(values.switch ?? []).map(switchOf)) as Partial<Switches & Writing>,
    },
  };
}

function parsed(args: string[]) {
  const many = { type: "string", multiple: true } as const;
  const one = { type: "string" } as const;
  const options = {
    port: one,
    speed: one,
    zone: one,
    key: one,
    app: many,
    segment: many,
    event: many,
    product: many,
    campaign: many,
    canvas: many,
    incident: many,
    switch: many,
  };
  return readArgs({ args, options }, USAGE);
}

function appOf(text: string, place: number, zone: string, now: Instant) {
  const [, id, source = "500"] = /^([\w-]{1,64})(?:=(.+))?$/.exec(text) ?? [];
  if (!id)
    throw new InputError(
      `--app ${text} is not an app: write an id, or an id and what it counts, as ios=cars`,
    );
  return { id, counts: countsOf(text, source, place, zone, now) };
}

function countsOf(text: string, source: string, seed: number, zone: string, now: Instant): Counts {
  if (recordings.includes(source as Recording)) return recorded(source as Recording, { zone, endsAt: now });
  if (/^\d{1,7}$/.test(source)) return generated({ seed, level: Number(source), zone });
  throw new InputError(`--app ${text}: "${source}" is none of ${recordings.join(", ")}, and no number`);
}

function segmentOf(text: string) {
  const [, id, share] = /^([\w-]{1,64})=(\d{1,3})%$/.exec(text) ?? [];
  if (!id) throw new InputError(`--segment ${text} is not a segment: write an id and its share, as us=30%`);
  return { id, share: Number(share) / 100 };
}

/** What an incident can happen to. */
interface Known extends Pick<SimulatorOptions, "events" | "products"> {
  readonly apps: readonly { readonly id: string }[];
}

function incidentOf(text: string, known: Known, now: Instant): ScriptedIncident {
  // An event may have a colon in its name.
  const [, of = "", word, start = "", duration = "", change = ""] =
    /^(.*?):([a-z]+):([^:]*)(?::([^:]*))?(?::([^:]*))?$/i.exec(text) ?? [];
  const kind = KINDS.find((known) => known === word);
  if (!kind) throw new InputError(`--incident ${text}: "${word ?? ""}" is none of ${KINDS.join(", ")}`);
  const series = targetOf(text, of, known);
  const from = now + numberOf(`incident ${text}: IN`, start, -10_000, 10_000) * HOUR;
  const hours = numberOf(`incident ${text}: HOURS`, duration, 1, 10_000);
  if (kind === "outage") return { series, from, kind, hours };
  const size = numberOf(`incident ${text}: SIZE`, change, -1, 1_000);
  return kind === "shift" ? { series, from, kind, size } : { series, from, kind, hours, size };
}

/** `web`, or a part of it: `web/revenue`, `web/Order Completed`. */
function targetOf(text: string, of: string, { apps, events = [], products = [] }: Known): Target {
  const [, app = "", what] = /^([^/]*)(?:\/(.*))?$/.exec(of) ?? [];
  if (!apps.some(({ id }) => id === app))
    throw new InputError(`--incident ${text}: there is no app "${app}"`);
  if (what === undefined) return { app };
  if (isMetric(what)) return { app, metric: what };
  if ([...events, ...products].some(({ name }) => name === what)) return { app, item: what };
  throw new InputError(`--incident ${text}: "${what}" is no metric, and neither an event nor a product`);
}

function switchOf(text: string): Partial<Switches & Writing> {
  const [name, value] = text.split("=");
  const values: readonly string[] | undefined = allSwitches[name as keyof typeof allSwitches];
  if (!values) {
    throw new InputError(`--switch ${text}: "${name}" is none of ${Object.keys(allSwitches).join(", ")}`);
  }
  if (!values.includes(value ?? "")) throw new InputError(`--switch ${text} is none of ${values.join(", ")}`);
  return { [name!]: value };
}

function zoneOf(zone: string): string {
  const known = canonicalZone(zone);
  if (known) return known;
  throw new InputError(`--zone must be an IANA time zone such as Europe/Berlin. You typed ${zone}`);
}

function keyOf(key: string): string {
  if (/^[\x21-\x7e]{6,}$/.test(key)) return key;
  throw new InputError("--key must be six signs or more, without blanks");
}
