import { styleText } from "node:util";
import { Presets, SingleBar } from "cli-progress";
import type { Incident } from "../../src/incidents/incident.ts";
import type { Watch } from "../../src/settings/watch.ts";
import { change, expectedRange, ofMetric } from "../../src/text/numbers.ts";
import { bucketName } from "../../src/time/time.ts";

/** What the demo shows in the terminal. */
export interface Screen {
  notify(line: string): void;
  backfilled(done: number, total: number): void;
  evaluated(buckets: number): void;
  incident(what: string, incident: Incident, watch: Watch): void;
  close(): void;
}

/** A progress bar and coloured lines on a terminal; plain lines elsewhere. */
export function createScreen(out: NodeJS.WriteStream = process.stdout): Screen {
  return out.isTTY ? terminalScreen(out) : plainScreen(out);
}

const clockTime = (bucket: number) => bucketName(bucket, "hour").replace("T", " ").concat(":00Z");

function story(
  what: string,
  { watchId, direction, latest, openedAt, lastBucket }: Incident,
  { series }: Watch,
): string {
  const when = what === "opened" ? openedAt : lastBucket;
  const size = change(latest) ?? "";
  const numbers = `${ofMetric(latest.observed, series)}, expected ${expectedRange(latest, series)}`;
  return `${clockTime(when)}  ${watchId} ${direction} ${what.padEnd(8)}  ${size}  ${numbers}`;
}

function plainScreen(out: NodeJS.WriteStream): Screen {
  let tenths = 0;
  let total = 0;
  return {
    notify: (line) => out.write(`${line}\n`),
    backfilled(done, all) {
      const now = Math.floor((10 * done) / all);
      if (now > tenths) out.write(`backfill ${now * 10}%\n`);
      tenths = now;
    },
    evaluated(buckets) {
      if (Math.floor((total + buckets) / 24) > Math.floor(total / 24))
        out.write(`${total + buckets} hours evaluated\n`);
      total += buckets;
    },
    incident: (what, incident, watch) => out.write(`${story(what, incident, watch)}\n`),
    close: () => {},
  };
}

const colours = { opened: "red", worsened: "magenta", missed: "yellow", resolved: "green" } as const;

function terminalScreen(out: NodeJS.WriteStream): Screen {
  const bar = new SingleBar(
    { format: "backfill {bar} {percentage}% of 8 weeks", stream: out, hideCursor: true },
    Presets.shades_classic,
  );
  let started = false;
  let total = 0;
  const status = () => out.write(`\r\x1b[2K${styleText("dim", `${total} hours evaluated`)}`);
  const line = (text: string) => out.write(`\r\x1b[2K${text}\n`);
  return {
    notify: line,
    backfilled(done, all) {
      if (!started) bar.start(all, 0);
      started = true;
      bar.update(done);
      if (done >= all) bar.stop();
    },
    evaluated(buckets) {
      total += buckets;
      status();
    },
    incident(what, incident, watch) {
      line(styleText(colours[what as keyof typeof colours] ?? "white", story(what, incident, watch)));
      status();
    },
    close: () => {
      bar.stop();
      out.write("\x1b[?25h\n");
    },
  };
}
