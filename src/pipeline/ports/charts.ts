import type { Notification } from "../../notifications/notification.ts";
import type { ChartData } from "../../reports/chart.ts";
import type { Block, Message } from "./messages.ts";

/** Draws a chart, as PNG; the same chart gives the same bytes. */
export type Painter = (chart: ChartData) => Promise<Uint8Array>;

/** Stores images so that messages can show them. */
export interface ChartUpload {
  /** Returns the image's id once a message may use it. Throws, also when the signal aborts. */
  hang(png: Uint8Array, chart: ChartData, signal: AbortSignal): Promise<string>;
  /** Deletes an image that nothing shows any more. Never fails: a leftover image harms nobody. */
  takeDown(id: string): Promise<void>;
}

/** Renders a chart as blocks of a message; pure. */
export interface ChartImageRenderer {
  /** A block with an uploaded image. */
  image(id: string, chart: ChartData): Block;
  /** Blocks without an image, the best first. */
  otherwise(chart: ChartData): Block[];
}

/**
 * The ways to show a chart as blocks of a message, the best first. `lost` receives the reason why there is no image;
 * `summary` is the substitute for an image, which holds more than Slack's own charts.
 */
export type DrawChart = (
  chart: ChartData,
  lost: (error: unknown) => void,
  summary?: ChartData,
) => Promise<Block[]>;

/** Deletes the image of a block that nothing shows any more, in the background. */
export type Discard = (image: Block) => void;

/** Adds charts of its subject to a message. Never fails, and never takes long. */
export type AttachChart = (
  message: Message,
  notification: Notification,
  /** Images to show instead of a new one. */
  known?: readonly Block[],
) => Promise<Message>;

/**
 * Where newer chart images of an incident appear: in its thread, when it worsens and resolves, or in each edit of its
 * message.
 */
export type NewChartImages = "thread" | "edit";
