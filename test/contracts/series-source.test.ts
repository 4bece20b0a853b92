import { trace } from "@opentelemetry/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BrazeOptions } from "../../src/adapters/braze/connection.ts";
import { brazeSeries } from "../../src/adapters/braze/series.ts";
import { brazeSpaces } from "../../src/adapters/braze/spaces.ts";
import type { SeriesSource } from "../../src/pipeline/ports/braze.ts";
import { type Bucket, HOUR, MINUTE } from "../../src/time/time.ts";
import { traced } from "../../workers/tracing/traced.ts";
import { ios, openWorld } from "../adapters/braze/world.ts";
import { noon } from "../support/builders.ts";

const hour = noon - HOUR;
const messenger = {} as Parameters<typeof traced>[0]["messenger"];
const spanned = (source: SeriesSource) => traced({ source, messenger }, trace.getTracer("test")).source;

/** Everything that is a source of sessions, the decorators above all. */
const kinds: [string, (options: BrazeOptions) => SeriesSource][] = [
  ["a workspace", (options) => brazeSeries(options)],
  ["several workspaces", (options) => brazeSpaces([options]).source],
  ["several workspaces, traced", (options) => spanned(brazeSpaces([options]).source)],
];

describe.each(kinds)("the source is %s", (_, open) => {
  let world: Awaited<ReturnType<typeof openWorld>>;
  beforeEach(async () => {
    world = await openWorld(noon + 20 * MINUTE);
  });
  afterEach(() => world.close());
  const source = (over: Partial<BrazeOptions> = {}) => open(world.clientOptions(over));

  test("the source returns the requested buckets", async () => {
    const points = await source().points(ios, hour - 2 * HOUR, hour);
    expect(points.map(({ bucket }) => bucket)).toEqual([hour - 2 * HOUR, hour - HOUR, hour]);
    expect(points.map(({ value }) => value)).toEqual(
      points.map(({ bucket }) => world.control.sessions(ios, bucket)),
    );
  });

  test("the source checks which of the missing hours are empty, and returns those as zero", async () => {
    world.control.turn({ emptyHours: "left-out" });
    world.control.happen({ series: { app: "ios" }, kind: "outage", from: hour, hours: 3 });
    const asked: Bucket[] = [];
    const points = await source({ emptyHours: "zero" }).points(ios, hour - HOUR, hour, async (hours) => {
      asked.push(...hours);
      return new Set(hours);
    });
    expect(asked).toEqual([hour]);
    expect(points.at(-1)).toEqual({ bucket: hour, value: 0 });
  });

  test("a refusal is the one that Braze returned", async () => {
    world.control.useKey("another");
    await expect(source().points(ios, hour, hour)).rejects.toMatchObject({
      name: "PermanentError",
      failure: "braze-wrong-key",
    });
  });
});
