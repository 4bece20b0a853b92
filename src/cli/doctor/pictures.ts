import { redact } from "../../redact.ts";
import type { ChartData } from "../../reports/chart.ts";
import { DAY } from "../../time/time.ts";
import { type CheckResult, failed, passed } from "./result.ts";

const titled = (title: string): ChartData => ({
  title: [title],
  unit: "hour",
  zone: "UTC",
  points: [{ bucket: DAY, observed: 1 }],
  incidents: [],
  holidays: [],
});

/**
 * Whether charts can be drawn here with their text. Without the font, a picture is drawn without text and without an
 * error.
 */
export async function checkChartImages(
  paint: (chart: ChartData) => Promise<Uint8Array>,
): Promise<CheckResult[]> {
  try {
    const [one, other] = await Promise.all([paint(titled("Tide")), paint(titled("Watch"))]);
    if (Buffer.compare(one, other) !== 0) return [passed("charts are drawn, with their letters")];
    return [
      failed(
        "charts are drawn without their letters: the font is not there or cannot be read",
        "Install the dependencies again, npm ci, and look whether @expo-google-fonts/inter is among them.",
      ),
    ];
  } catch (error) {
    return [
      failed(
        `charts cannot be drawn: ${redact(error instanceof Error ? error.message : String(error)).slice(0, 200)}`,
        "Install the dependencies again, npm ci; where @resvg/resvg-js has no build for this machine, alerts go without pictures.",
      ),
    ];
  }
}
