import { fileURLToPath } from "node:url";
import type { ChartData } from "../../reports/chart.ts";
import { ZOOM } from "./look.ts";
import { encodePng } from "./png.ts";
import { chartSvg } from "./svg.ts";

const FONTS = ["400Regular/Inter_400Regular.ttf", "600SemiBold/Inter_600SemiBold.ttf"];

/**
 * Draws a chart as PNG; the same chart gives the same pixels on every machine. What takes long, drawing and compressing,
 * is done by Node's own threads: meanwhile everybody else is answered.
 */
export function chartPng(chart: ChartData): Promise<Uint8Array> {
  const drawn = last.then(() => draw(chart));
  last = drawn.catch(() => {});
  return drawn;
}

/** One at a time: each takes a dozen megabytes, and many at once would not be drawn sooner. */
let last: Promise<unknown> = Promise.resolve();

async function draw(chart: ChartData): Promise<Uint8Array> {
  // Loaded with the first chart: where the renderer has no build for a machine, only the pictures are missing.
  const { renderAsync } = await import("@resvg/resvg-js");
  const image = await renderAsync(chartSvg(chart), {
    fitTo: { mode: "zoom", value: ZOOM },
    // The machine may have no fonts at all, and then every letter would silently be missing.
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: "Inter" },
  });
  return encodePng(image);
}

const fontFiles = (): string[] =>
  FONTS.map((file) => fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${file}`)));
