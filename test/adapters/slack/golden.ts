import { resolve } from "node:path";
import { expect } from "vitest";
import { blockProblems } from "../../../simulator/slack/block-limits.ts";
import { viewProblems } from "../../../simulator/slack/views/view-limits.ts";
import type { Block, Message } from "../../../src/pipeline/ports/messages.ts";
import { blockTranscript, messageTranscript, viewTranscript } from "./block-transcript.ts";

/** Messages match their golden file, and Slack would take each of them. */
export async function expectGoldenMessages(
  name: string,
  messages: Readonly<Record<string, Message | undefined>>,
): Promise<void> {
  const posted = Object.entries(messages).flatMap(([place, message]) =>
    message ? [{ place, message }] : [],
  );
  for (const { message } of posted) expect(blockProblems(message.blocks)).toEqual([]);
  await expectGolden(
    name,
    posted.map(({ place, message }) => `== ${place}\n${messageTranscript(message)}`),
  );
}

/** Blocks of a message match their golden file, and Slack would take them. */
export async function expectGoldenBlocks(name: string, blocks: readonly Block[]): Promise<void> {
  expect(blockProblems(blocks)).toEqual([]);
  await expectGolden(name, [blockTranscript(blocks)]);
}

/** A view matches its golden file, and Slack would take it. */
export async function expectGoldenView(name: string, view: Block): Promise<void> {
  expect(viewProblems(view)).toEqual([]);
  await expectGolden(name, [viewTranscript(view)]);
}

const expectGolden = (name: string, parts: readonly string[]): Promise<void> =>
  expect(`${parts.join("\n\n")}\n`).toMatchFileSnapshot(resolve(`test/golden/${name}.txt`));
