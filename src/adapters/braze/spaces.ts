import type { Item } from "../../metrics/metric.ts";
import type { ListedItem, SegmentList, SendFacts, SeriesSource } from "../../pipeline/ports/braze.ts";
import type { Send } from "../../series/sends.ts";
import { type SeriesRef, seriesId } from "../../series/series.ts";
import type { Instant } from "../../time/time.ts";
import { unknownWorkspace } from "./client.ts";
import { brazeCompanyZone } from "./company-zone.ts";
import { type BrazeOptions, brazeConnection } from "./connection.ts";
import { brazeItems } from "./items.ts";
import { brazeLastSends } from "./last-sends.ts";
import { brazeProbe } from "./probe.ts";
import { brazeSegments } from "./segments.ts";
import { brazeSendFacts } from "./send-facts.ts";
import { brazeSends } from "./sends.ts";
import { brazeSeries } from "./series.ts";

/** All workspaces together. */
export interface BrazeSpaces {
  readonly source: SeriesSource;
  /** Asks for the newest bucket of a series: throws as `source` does, above all for an unknown id. */
  readonly probe: (series: SeriesRef) => Promise<void>;
  /** Reads the company's time zone; undefined where no message that is scheduled names it. */
  readonly askCompanyZone: (workspace: string) => Promise<string | undefined>;
  /** Reads what is about to be sent. */
  readonly askSends: (workspace: string) => Promise<Send[]>;
  /** Reads what went out since an instant without having been in the calendar, in so many requests at most. */
  readonly askLastSends: (workspace: string, since: Instant, atMost: number) => Promise<Send[]>;
  readonly sendFacts: (workspace: string) => SendFacts;
  readonly listSegments: SegmentList;
  readonly listItems: (workspace: string, item: Item) => Promise<ListedItem[]>;
}

/** Several workspaces, each read for its own series. A series of none of them throws PermanentError. */
export function brazeSpaces(all: readonly BrazeOptions[]): BrazeSpaces {
  const spaces = new Map(
    all.map((options) => {
      const get = brazeConnection(options);
      const space = {
        source: brazeSeries(options, get),
        probe: brazeProbe(options, get),
        zone: brazeCompanyZone(options, get),
        sends: brazeSends(options, get),
        lastSends: brazeLastSends(options, get),
        sendFacts: brazeSendFacts(options, get),
        segments: brazeSegments(options, get),
        items: brazeItems(options, get),
      };
      return [options.name, space];
    }),
  );
  const spaceNamed = (workspace: string, what: string) => {
    const space = spaces.get(workspace);
    if (!space) throw unknownWorkspace(workspace, what);
    return space;
  };
  const spaceOf = (series: SeriesRef) => spaceNamed(series.workspace, seriesId(series));
  return {
    source: { points: async (series, ...span) => spaceOf(series).source.points(series, ...span) },
    probe: async (series) => spaceOf(series).probe(series),
    askCompanyZone: async (workspace) => spaceNamed(workspace, "its time zone").zone(),
    askSends: async (workspace) => spaceNamed(workspace, "what it sends").sends(),
    askLastSends: async (workspace, ...asked) => spaceNamed(workspace, "what it sent").lastSends(...asked),
    sendFacts: (workspace) => spaceNamed(workspace, "what it sends").sendFacts,
    listSegments: async (workspace) => spaceNamed(workspace, "its segments").segments(),
    listItems: async (workspace, item) => spaceNamed(workspace, `its list of each ${item.noun}`).items(item),
  };
}
