/**
 * What a process can do: the steps of the flow and the work beside it, each a queue of its own, and Slack's commands.
 */
export const workerKinds = [
  "tick",
  "collect",
  "evaluate",
  "notify",
  "deliver",
  "announce",
  "health",
  "calendar",
  "console",
] as const;

export type WorkerKind = (typeof workerKinds)[number];
