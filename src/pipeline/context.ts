import type { SeriesProfile } from "../detector/detector.ts";
import type { AlertLimits } from "../notifications/alert-limit.ts";
import type { Reminding } from "../notifications/reminder.ts";
import type { Route } from "../notifications/route.ts";
import type { ReviewTime } from "../reports/review-due.ts";
import type { Timing } from "../series/due.ts";
import type { SeriesRef } from "../series/series.ts";
import type { Workspace } from "../series/workspace.ts";
import type { Changed } from "../settings/change.ts";
import type { Bucket } from "../time/time.ts";
import type { Neighbours, PastReader, SegmentList, SeriesSource } from "./ports/braze.ts";
import type { AttachChart, Discard, DrawChart, NewChartImages } from "./ports/charts.ts";
import type { Clock } from "./ports/clock.ts";
import type { Destination } from "./ports/destinations.ts";
import type { Message, Messenger, Permalinks } from "./ports/messages.ts";
import type { Heartbeat, Ops } from "./ports/ops.ts";
import type { Profiles } from "./ports/profiles.ts";
import type { Renderer } from "./ports/renderer.ts";
import type { People } from "./ports/slack.ts";
import type { Stores } from "./ports/stores.ts";

/** Everything that the pipeline takes from outside. A function takes it whole, or picks the few things that it uses. */
export interface Context extends Stores {
  readonly clock: Clock;
  /** Wall-clock time, since it is compared with Slack's own. */
  readonly wallClock: Clock;
  readonly timing: Timing;
  /** The configured workspaces. */
  readonly workspaces: readonly Workspace[];
  readonly profiles: Profiles;
  readonly isHoliday: (bucket: Bucket, profile: SeriesProfile) => boolean;

  readonly source: SeriesSource;
  /** Asks Braze for the newest bucket of a series; throws when Braze does not know an id. */
  readonly probe?: (series: SeriesRef) => Promise<unknown>;
  /** Lists the segments of a workspace. @default nobody knows them */
  readonly segments?: SegmentList;
  readonly neighbours: Neighbours;
  readonly past: PastReader;

  readonly messenger: Messenger;
  readonly permalinks: Permalinks;
  readonly people: People;
  /** Throws InputError when whoever acts may not make this change. Left out for Tidewatch itself, which may make all. */
  readonly permit?: (changed: Changed) => Promise<void>;
  /** What to do when a message may have arrived and nobody can check: risk a duplicate, or a loss. */
  readonly whenUnsure: "twice" | "never";
  /** The least time between two edits of a message, in milliseconds: Slack limits edits. */
  readonly editEvery: number;
  /** Writes people's names instead of mentioning them. */
  readonly unpinged?: (message: Message) => Promise<Message>;

  readonly renderer: Renderer;

  /** The places besides Slack to which alerts may go. */
  readonly destinations: readonly Destination[];
  /** The routes of the configuration. */
  readonly configuredRoutes: readonly Route[];
  /** Where critical incidents and health issues go once Slack has taken nothing for so many milliseconds. */
  readonly fallback: { readonly after: number; readonly destinations: readonly string[] };

  readonly attachChart: AttachChart;
  /** The ways to show a chart in Slack, the best first. */
  readonly draw: DrawChart;
  readonly discard: Discard;
  /** @default "thread": in an edit, Slack shows only images that a message showed before */
  readonly newChartImages?: NewChartImages;

  readonly alertLimits: AlertLimits;
  readonly reminding: Reminding;
  readonly reviewing: ReviewTime & { readonly zone: string };
  readonly ops: Ops;
  /** Left out: no outside monitor is called. */
  readonly heartbeat?: Heartbeat;
}
