import type { SeriesRef } from "../../core/series.ts";
import type { SessionSource } from "../../pipeline/ports/series.ts";
import { unknownWorkspace } from "./client.ts";
import { type BrazeOptions, brazeConnection } from "./connection.ts";
import { brazeProbe } from "./probe.ts";
import { brazeSessions } from "./sessions.ts";

/** All workspaces together. */
export interface BrazeSpaces {
  readonly source: SessionSource;
  /** Asks for the newest bucket of a series: throws as `source` does, above all for an unknown id. */
  readonly probe: (series: SeriesRef) => Promise<void>;
}

/** Several workspaces, each asked for its own series. A series of none of them throws PermanentError. */
export function brazeSpaces(all: readonly BrazeOptions[]): BrazeSpaces {
  const spaces = new Map(
    all.map((options) => {
      const get = brazeConnection(options);
      return [options.name, { source: brazeSessions(options, get), probe: brazeProbe(options, get) }];
    }),
  );
  const spaceOf = (series: SeriesRef) => {
    const space = spaces.get(series.workspace);
    if (!space) throw unknownWorkspace(series);
    return space;
  };
  return {
    source: { sessions: async (series, from, to) => spaceOf(series).source.sessions(series, from, to) },
    probe: async (series) => spaceOf(series).probe(series),
  };
}
