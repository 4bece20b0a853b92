import { expect, test } from "vitest";
import { slackChartImages } from "../../../src/adapters/slack/messages/chart-images.ts";
import { slackRenderer } from "../../../src/adapters/slack/messages/render.ts";
import { aNotification } from "../../support/builders.ts";
import { scenes } from "../chart/scenes.ts";
import { blockTranscript, messageTranscript, viewTranscript } from "./block-transcript.ts";
import { views } from "./views/scenes.ts";

type Json = Record<string, unknown>;
type Path = readonly string[];

const charts = [slackChartImages().image("F1", scenes.drop!), ...slackChartImages().otherwise(scenes.drop!)];

test.each<[string, object, (content: never) => string]>([
  ["a message", slackRenderer("UTC").alerts.root(aNotification("opened", {})), messageTranscript],
  ["charts", charts, blockTranscript],
  ...Object.entries(views).map(
    ([name, view]) =>
      [`the view ${name}`, view, viewTranscript] as [string, object, (content: never) => string],
  ),
])("whatever changes in %s changes its transcript", (_, original, transcriptOf) => {
  const content = structuredClone(original);
  const transcript = () => transcriptOf(content as never);
  const before = transcript();
  const unseen = leavesOf(content).filter((path) => {
    const restore = change(content, path);
    const isUnseen = transcript() === before;
    restore();
    return isUnseen;
  });
  expect(unseen.map((path) => path.join("/"))).toEqual([]);
});

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

/** Changes one value in place; returns what takes it back. */
function change(content: object, path: Path): () => void {
  const holder = path.slice(0, -1).reduce((at, key) => at[key] as Json, content as Json);
  const key = path.at(-1)!;
  const old = holder[key];
  holder[key] = typeof old === "boolean" ? !old : typeof old === "number" ? old + 1 : `${old}!`;
  return () => {
    holder[key] = old;
  };
}
