import { expect, test } from "vitest";
import { recordIngestionDelay } from "../../../src/pipeline/collecting/ingestion-delay.ts";
import { defaultTiming } from "../../../src/series/due.ts";
import { HOUR, MINUTE } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { aContext } from "../../support/context.ts";

const ID = "main.ios.all.hour";
const end = noon + HOUR;

test.each([
  ["what is there at the first look arrived by then", 17, undefined, 15],
  ["what was asked for in vain before arrived just now", 40, 39, 40],
  ["what is asked for late for the first time tells nothing", 300, undefined, undefined],
  ["nor does a wait that was for an earlier hour", 300, -10, undefined],
])("%s", async (_, minutes, waitedUntil, usual) => {
  const context = aContext();
  const { ingestionDelays, progress } = context;
  if (waitedUntil !== undefined) await progress.save(ID, { notBefore: end + waitedUntil * MINUTE });
  await recordIngestionDelay(ID, noon, {
    ...context,
    timing: { ...defaultTiming, spread: 0 },
    clock: () => end + minutes * MINUTE,
  });
  expect((await ingestionDelays.of(ID))?.usual).toBe(usual === undefined ? undefined : usual * MINUTE);
});
