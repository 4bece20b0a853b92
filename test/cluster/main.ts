import { optionsOrHelp } from "../../src/cli/command.ts";
import { figuresOf, isRight } from "../chaos/figures.ts";
import { clusterStory, killings } from "./story.ts";

optionsOrHelp(
  {},
  `npm run cluster
The story on a Redis Cluster of three masters and three replicas, once undisturbed and once with one master after another
killed while hours are read, evaluated and notified of.`,
);

const undisturbed = await clusterStory([]);
const story = await clusterStory();
console.log("the master that holds … was killed, and the hour was evaluated and people were notified after");
for (const [i, { what }] of killings.entries()) console.log(`  ${what}: ${story.pauses[i]!.toFixed(1)} s`);
console.log(`\n${figuresOf([{ ...story, mishaps: [], mayRead: true }], undisturbed)}`);
process.exit(isRight(story, undisturbed) ? 0 : 1);
