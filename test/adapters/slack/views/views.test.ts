import type { AnyBlock } from "@slack/types";
import { describe, expect, test } from "vitest";
import { problemsInView } from "../block-checker.ts";
import { views } from "./scenes.ts";

describe("each view", () => {
  test.each(Object.entries(views))("%s matches its golden file and Slack's limits", async (name, view) => {
    await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot(
      `../../../golden/slack/views/${name}.json`,
    );
    expect(problemsInView(view as unknown as Record<string, unknown>)).toEqual([]);
    // Slack's own types know all of it but the charts that are newer.
    const _known: readonly AnyBlock[] = view.blocks;
  });
});
