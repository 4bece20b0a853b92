import { HOUR, MINUTE, SECOND } from "../../src/time/time.ts";
import { anAppWatch, noon } from "../support/builders.ts";
import { setStage, stagedApp } from "../support/stage.ts";
import { table } from "./figures.ts";

const CHANNEL = "C0ALERTS1";

/** What Slack lets an app call in a minute, where it says so. */
const LIMITS: Readonly<Record<string, number>> = {
  "chat.postMessage": 60,
  "chat.update": 50,
  "conversations.history": 50,
  "conversations.replies": 50,
  "files.getUploadURLExternal": 100,
  "files.completeUploadExternal": 100,
  "files.info": 100,
};

/** Lets so many series fall in one hour, and answers a table of what was said and asked, and how long it took. */
export async function storm(series: number): Promise<string> {
  const apps = Array.from({ length: series }, (_, i) => stagedApp(`app-${i}`, i % 10));
  const stage = await setStage(noon, {
    apps,
    concurrency: 20,
    groupWait: 20 * SECOND,
    missingDataTimeout: 10 * MINUTE,
  });
  const { bot, braze, slack } = stage;
  try {
    for (const { id } of apps)
      await bot.watches.save(
        anAppWatch({ id, appName: id, series: { workspace: "main", app: id, unit: "hour" } }),
      );
    await stage.startWorkers();
    await stage.liveThrough(noon);
    braze.control.happen({ series: {}, kind: "outage", from: noon + HOUR, hours: 1 });
    const begun = performance.now();
    await stage.liveThrough(noon + HOUR);
    const seconds = Math.round((performance.now() - begun) / SECOND);

    const messages = slack.messages(CHANNEL);
    const written = JSON.stringify(messages);
    const listed = apps.filter(({ id }) => written.includes(`${id} −`)).length;
    const methods = [...new Set(slack.calls().map(({ method }) => method))].sort();
    return table(
      [`a storm of ${series} series`, "seen", "at most"],
      [
        ["series named in the messages", listed, series],
        ["root messages", messages.filter(({ threadTs }) => !threadTs).length, 1],
        ["messages in all", messages.length, 3],
        ["seconds until all was said, 20 of them gathering", seconds, 60],
        ...methods.map((method) => [method, slack.calls(method).length, LIMITS[method] ?? "no limit told"]),
      ],
    );
  } finally {
    await stage.close();
  }
}
