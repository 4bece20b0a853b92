import { createElement as h, type ReactNode } from "react";
import { SECOND } from "../../../src/time/time.ts";

/** An instant that the page writes in the reader's own time. */
export const localTime = (seconds: string, format: string, fallback: string) =>
  h("time", { "data-at": seconds, "data-format": format }, fallback);

/** When a message was posted. */
export const timeOf = (ts: string, format: string): ReactNode =>
  localTime(ts, format, new Date(Number(ts) * SECOND).toISOString().slice(0, 16).replace("T", " "));
