import type { Notification } from "../../notifications/notification.ts";
import type { ChartData } from "../../reports/chart-data.ts";
import type { Block, Message } from "./messages.ts";

/** Draws a chart, as PNG; the same chart gives the same bytes. */
export type Painter = (chart: ChartData) => Promise<Uint8Array>;

/** Keeps pictures where messages can show them. */
export interface ChartUpload {
  /** Answers the picture's id once a message may name it. Throws, also when the signal says that it takes too long. */
  hang(png: Uint8Array, chart: ChartData, signal: AbortSignal): Promise<string>;
  /** Deletes a picture that nothing shows any more. Never fails: one that stays harms nobody. */
  takeDown(id: string): Promise<void>;
}

/** Turns a chart into blocks of a message; pure. */
export interface ChartImageRenderer {
  /** A picture that hangs in the chart upload. */
  image(id: string, chart: ChartData): Block;
  /** Without any picture, the best first. */
  otherwise(chart: ChartData): Block[];
}

/** Deletes the image of a block that nothing shows any more, beside the work. */
export type Discard = (image: Block) => void;

/** Adds to a message the pictures of what it speaks of. Never fails, and never takes long. */
export type AttachChart = (
  message: Message,
  notification: Notification,
  /** Images that are shown instead of a new one. */
  known?: readonly Block[],
) => Promise<Message>;
