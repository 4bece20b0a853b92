import { expect, test } from "vitest";
import { overviewWords } from "../../src/text/overview.ts";

const overview = { watches: 7, open: 0, noData: 0, notEvaluated: 0 };

test.each([
  [{ ...overview, watches: 0 }, "🌊 No watches yet"],
  [overview, "🌊 No open incidents: 7 watches"],
  [{ ...overview, open: 2 }, "⚠️ 2 open incidents, 7 watches"],
  [{ ...overview, notEvaluated: 1 }, "🌊 No open incidents: 7 watches, 1 not evaluated"],
  [{ ...overview, noData: 3 }, "⚠️ No data for 3 of 7 watches"],
  [{ ...overview, noData: 7 }, "⚠️ No data for 7 watches"],
  [{ ...overview, noData: 3, open: 1 }, "⚠️ 1 open incident, no data for 3 of 7 watches"],
  [
    { ...overview, noData: 7, paused: "braze-wrong-key" },
    "⚠️ Monitoring paused: can't read Braze (invalid key)",
  ],
  [
    { ...overview, noData: 7, paused: "braze-unreachable", open: 1 },
    "⚠️ Monitoring paused: can't read Braze (no answer), 1 open incident",
  ],
  [{ ...overview, noData: 7, paused: "of-a-later-version" }, "⚠️ Monitoring paused: can't read Braze"],
])("%j is said as %s", (given, words) => {
  expect(overviewWords(given)).toBe(words);
});
