import type { AnyBlock } from "@slack/types";
import { describe, test } from "vitest";
import { expectGoldenView } from "../golden.ts";
import { views } from "./scenes.ts";

describe("each view", () => {
  test.each(Object.entries(views))("%s matches its golden file and Slack's limits", async (name, view) => {
    await expectGoldenView(`slack/views/${name}`, { ...view });
    // Slack's own types know all of it but the charts that are newer.
    const _known: readonly AnyBlock[] = view.blocks;
  });
});
