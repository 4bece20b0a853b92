import type { Workspace } from "../../simulator/braze/workspace.ts";
import type { SeriesRef } from "../../src/series/series.ts";

/** What one series of a mixed fleet counts, beside its app. */
export type Mixed = Partial<Pick<SeriesRef, "metric" | "item" | "per" | "unit">> & {
  readonly isOfSegment?: boolean;
  readonly isOfApp?: boolean;
};

/** What a mixed fleet counts, and the workspace's part of it. */
export interface Mix {
  readonly workspace: Pick<Workspace, "events" | "products" | "campaigns">;
  /** What the series with a number of the app with a number counts; undefined: sessions of a segment. */
  series(app: number, number: number): Mixed | undefined;
}

/** So many series of each app make a turn of the mix. */
const TURN = 50;

const EVENTS_BY_HOUR = 12;

/**
 * Of fifty series of an app: 20 sessions of segments, 12 events, purchases and revenue of one product, 5 ratios of
 * these, 9 days of events and users, 2 days of sessions; one app has campaigns in the place of two of them. Of 10,000, 400 are read from the pool of
 * purchases each hour: as many as the form says would fit.
 * @param length how many series an app has; 0: all are sessions of segments
 */
export function mixOf(length: number, idOf: (number: number) => string): Mix {
  const turns = Math.ceil(length / TURN);
  const all = Array.from({ length: turns }, (_, turn) => turn);
  return {
    workspace: {
      events: all.flatMap((turn) =>
        Array.from({ length: TURN }, (_, i) => ({ name: eventOf(turn, i), perSession: 0.1 + 0.01 * i })),
      ),
      products: all.map((turn) => ({ name: productOf(turn), perSession: 0.05, price: 20 })),
      campaigns: Array.from({ length: 2 * turns }, (_, i) => ({
        id: idOf(i),
        name: `Campaign ${i}`,
        perSession: 0.1,
        channels: ["email"],
      })),
    },
    series: (app, number) =>
      length === 0 ? undefined : mixed(Math.floor(number / TURN), number % TURN, app, idOf),
  };
}

/** What stands at a place of a turn. What a ratio is made of stands before it, so that it is read once. */
function mixed(
  turn: number,
  place: number,
  app: number,
  idOf: (number: number) => string,
): Mixed | undefined {
  const ofApp = { isOfSegment: false } as const;
  const event = (at: number) => ({ ...ofApp, metric: "events", item: eventOf(turn, at) }) as const;
  const purchases = { metric: "purchases", item: productOf(turn) } as const;
  const revenue = { metric: "revenue", item: productOf(turn) } as const;
  if (place === 0 && turn === 0) return ofApp;
  if (place < 20) return undefined;
  if (place < 20 + EVENTS_BY_HOUR) return event(place);
  // A campaign is of no app: one of the ten has them all.
  if (app === 0 && (place === 39 || place === 40))
    return {
      isOfApp: false,
      isOfSegment: false,
      unit: "day",
      metric: "sends",
      item: idOf(2 * turn + place - 39),
    };
  switch (place) {
    case 32:
      return { ...ofApp, ...purchases };
    case 33:
      return { ...ofApp, ...revenue };
    case 34:
      return { ...ofApp, ...revenue, per: purchases };
    case 35:
      return { ...ofApp, ...purchases, per: { metric: "sessions" } };
    case 36:
    case 37:
    case 38:
      return { ...event(place - 10), per: { metric: "sessions" } };
    case 41:
    case 42:
      return { unit: "day" };
    default: {
      // Braze counts users of an app only as a whole.
      const ofUsers = turn === 0 ? (["dau", "new-users", "uninstalls"] as const)[place - 43] : undefined;
      return ofUsers ? { ...ofApp, metric: ofUsers, unit: "day" } : { ...event(place), unit: "day" };
    }
  }
}

const eventOf = (turn: number, place: number): string => `Checkout step ${place} of flow ${turn}`;
const productOf = (turn: number): string => `Product ${turn}`;
