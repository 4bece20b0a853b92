import { fileURLToPath } from "node:url";
import { renderAsync } from "@resvg/resvg-js";
import type { ChartData } from "../../core/chart.ts";
import { ZOOM } from "./look.ts";
import { chartSvg } from "./svg.ts";

// The machine may have no fonts at all, and then every letter would silently be missing.
const fontFiles = ["400Regular/Inter_400Regular.ttf", "600SemiBold/Inter_600SemiBold.ttf"].map((file) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${file}`)),
);

/** Draws a chart as PNG; the same chart gives the same bytes on every machine. */
export async function chartPng(chart: ChartData): Promise<Uint8Array> {
  const image = await renderAsync(chartSvg(chart), {
    fitTo: { mode: "zoom", value: ZOOM },
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: "Inter" },
  });
  return image.asPng();
}
