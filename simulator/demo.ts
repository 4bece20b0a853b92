import { optionsOrHelp } from "../src/cli/command.ts";
import { explain } from "../src/explain.ts";
import type { Decided } from "../src/pipeline/notify.ts";
import { seriesId } from "../src/series/series.ts";
import { watches } from "./demo/scene.ts";
import { createScreen } from "./demo/screen.ts";
import { startDemo } from "./demo/stage.ts";

const USAGE = `npm run demo -- [--once]
The whole bot on a fast clock, with a simulated Braze and Slack: it needs no account and no key. Open the address that it
prints, and try /tidewatch help. The first incident lasts until somebody acknowledges it.
  --once   ends by itself when the first incident is resolved`;

const { values } = optionsOrHelp({ options: { once: { type: "boolean", default: false } } }, USAGE);
const screen = createScreen();

try {
  const demo = await startDemo(process.env.PATH ?? "", screen.notify, {
    isUnattended: values.once,
    evaluated: screen.evaluated,
  });
  let isLeaving = false;
  const leave = async (status: number) => {
    isLeaving = true;
    // Whatever happens while it stops, it ends.
    setTimeout(() => process.exit(1), 9_000).unref();
    screen.close();
    await demo.stop();
    process.exit(status);
  };
  process.once("SIGINT", () => leave(0));
  process.once("SIGTERM", () => leave(0));

  screen.notify("Tidewatch watches three apps, and what a shop earns in one of them.");
  screen.notify(`▶ Open ${demo.page}`);
  screen.notify("It is a simulated Slack. An hour passes in a second and a half, until the first alert.");
  let isCalm = false;
  const stored = new Map<string, number>();
  demo.workers.collect.on("progress", (_job, progress) => {
    const { seriesId: series, done, total } = progress as { seriesId: string; done: number; total: number };
    stored.set(series, done / total);
    const share = watches.reduce((sum, watch) => sum + (stored.get(seriesId(watch.series)) ?? 0), 0);
    screen.backfilled(share, watches.length);
  });
  const show = async (decisions: readonly Decided[]) => {
    for (const decision of decisions) {
      if (!("notify" in decision)) continue;
      const { notify, alertGroupId } = decision;
      const alertGroup = await demo.bot.alertGroups.byId(alertGroupId);
      for (const id of alertGroup?.members ?? []) {
        const incident = await demo.bot.incidents.byId(id);
        if (incident?.acknowledged) demo.mend();
        const watch = incident && (await demo.bot.watches.byId(incident.watchId));
        if (watch && notify !== "updated") screen.incident(notify, incident, watch);
      }
      if (values.once && notify === "resolved") await leave(0);
      if (!values.once && !isCalm) slowDown();
    }
  };
  const slowDown = () => {
    isCalm = true;
    demo.calm();
    screen.notify("From now on an hour takes 15 seconds. Acknowledge the alert: what broke is mended then.");
    screen.notify("And try /tidewatch help.");
  };
  demo.workers.notify.on("completed", (_job, { decisions }: { decisions: Decided[] }) => {
    // What was still to be shown when Ctrl-C took Redis away is no trouble.
    show(decisions).catch((error: unknown) => isLeaving || screen.notify(explain(error)));
  });
} catch (error) {
  screen.close();
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}
