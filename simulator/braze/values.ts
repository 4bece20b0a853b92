import { metricOf } from "../../src/metrics/metrics.ts";
import { fingerprint } from "../../src/series/fingerprint.ts";
import { DAY, HOUR, type Hour, hourOf, type Instant } from "../../src/time/time.ts";
import type { Span } from "./buckets.ts";
import { bell, scattered } from "./counts.ts";
import { factorOf, refundedOf, type Target } from "./incidents.ts";
import { figureOf } from "./messages.ts";
import { type SimulatedApp, type SimulatedProduct, sessionsOf, type Workspace } from "./workspace.ts";

/** How many of each there are a session. */
const PER_SESSION = { dau: 0.55, "new-users": 0.04, uninstalls: 0.015 } as const;

/** How many users of a day are users of the month and of no other day of it. */
const NEW_TO_THE_MONTH = 0.12;

/** How many users a segment has for each monthly user. */
const USERS_A_MONTHLY_USER = 3;

/** What is counted of a series in a span, once all of it has arrived. */
export function valueBetween(workspace: Workspace, series: Target, { from, to }: Span): number {
  switch (series.metric) {
    case "mau":
      return Math.round(monthlyUsers(workspace, series, to));
    case "segment-size":
      return (
        Math.round(10 * USERS_A_MONTHLY_USER * monthlyUsers(workspace, { ...series, metric: "mau" }, to)) / 10
      );
    case "revenue":
      return Math.round(100 * sumOver(from, to, (hour) => revenueOf(workspace, series, hour))) / 100;
    default:
      return Math.round(sumOver(from, to, (hour) => countOf(workspace, series, hour)));
  }
}

/** The sum of what happens in the hours of a span, which need not begin on the hour. */
export function sumOver(from: Instant, to: Instant, ofHour: (hour: Hour) => number): number {
  let sum = 0;
  for (let hour = hourOf(from); hour < to; hour += HOUR) {
    const covered = (Math.min(to, hour + HOUR) - Math.max(from, hour)) / HOUR;
    sum += covered * ofHour(hour);
  }
  return sum;
}

/** What is counted in a UTC hour. */
export function countOf(workspace: Workspace, series: Target, hour: Hour): number {
  const { metric = "sessions" } = series;
  switch (metric) {
    case "sessions":
      return sessionsOf(workspace, series, hour);
    case "events":
      return happening(workspace, series, hour, rateOf(workspace.events, series.item));
    case "purchases":
      return sum(productsOf(workspace, series).map((product) => soldOf(workspace, series, product, hour)));
    case "revenue":
      return revenueOf(workspace, series, hour);
    case "dau":
    case "new-users":
    case "uninstalls":
      return happening(workspace, series, hour, PER_SESSION[metric]);
    case "mau":
    case "segment-size":
      throw new Error(`${metricOf({ metric }).title} is no flow`);
    default:
      return figureOf(workspace, metric, series.item, hour);
  }
}

const rateOf = (known: Workspace["events"] = [], item: string | undefined): number =>
  known.find(({ name }) => name === item)?.perSession ?? 0;

const productsOf = ({ products = [] }: Workspace, { item }: Target): readonly SimulatedProduct[] =>
  products.filter(({ name }) => item === undefined || name === item);

const soldOf = (workspace: Workspace, series: Target, { name, perSession }: SimulatedProduct, hour: Hour) =>
  happening(workspace, { ...series, metric: "purchases", item: name }, hour, perSession);

/**
 * The money of a UTC hour: what was sold, at prices that differ more the fewer were sold, less what was paid back. More
 * may be paid back than was sold.
 */
const revenueOf = (workspace: Workspace, series: Target, hour: Hour): number =>
  sum(
    productsOf(workspace, series).map((product) => {
      const ofProduct = { ...series, item: product.name };
      const sold = happening(workspace, ofProduct, hour, product.perSession);
      const seed = fingerprint(`price.${product.name}`);
      const earned = sold * product.price * (1 + (0.6 * bell(seed, hour / HOUR)) / Math.sqrt(sold + 1));
      return earned - product.price * product.perSession * refundedSessions(workspace, ofProduct, hour);
    }),
  );

/** The sessions of a UTC hour whose purchases are paid back. */
const refundedSessions = (workspace: Workspace, series: Target, hour: Hour): number =>
  shareOf(workspace, series) *
  sum(
    appsOf(workspace, series).map(
      (one) => one.counts(hour) * refundedOf(workspace.incidents, one.id, series, hour),
    ),
  );

const shareOf = ({ segments }: Workspace, { segment }: Target): number =>
  segment === undefined ? 1 : (segments.find(({ id }) => id === segment)?.share ?? 0);

const appsOf = ({ apps }: Workspace, { app }: Target): readonly SimulatedApp[] =>
  app === undefined ? [...apps.values()] : [apps.get(app)].flatMap((one) => one ?? []);

/** So many times a session in a UTC hour, in each app by chance of its own. */
function happening(workspace: Workspace, series: Target, hour: Hour, perSession: number): number {
  const { segment, item = "", metric = "sessions" } = series;
  const share = shareOf(workspace, series);
  // Money comes in for what is sold.
  const seed = `${metric === "revenue" ? "purchases" : metric}.${item}.${segment ?? ""}.`;
  return sum(
    appsOf(workspace, series).map((one) => {
      const mean =
        share * perSession * one.counts(hour) * factorOf(workspace.incidents, one.id, series, hour);
      return scattered(fingerprint(seed + one.id), hour / HOUR, mean);
    }),
  );
}

/** The users of the thirty days before an instant. */
const monthlyUsers = (workspace: Workspace, series: Target, to: Instant): number =>
  NEW_TO_THE_MONTH *
  sumOver(
    to - 30 * DAY,
    to,
    (hour) => PER_SESSION.dau * countOf(workspace, { ...series, metric: "sessions" }, hour),
  );

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
