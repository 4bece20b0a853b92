import { brazeSendFacts } from "../../adapters/braze/send-facts.ts";
import type { WorkspaceConfig } from "../../config/workspaces.ts";
import { PermanentError } from "../../errors.ts";
import { needsOf } from "../../metrics/endpoints.ts";
import type { Clock } from "../../pipeline/ports/clock.ts";
import type { Examples } from "./examples.ts";
import { type CheckResult, note, passed } from "./result.ts";

const kinds = [
  { kind: "campaign", metric: "sends", called: "campaigns", details: "/campaigns/details" },
  { kind: "canvas", metric: "canvas-entries", called: "Canvases", details: "/canvas/details" },
] as const;

/** Whether alerts can name the channels of what is sent, tried with the first campaign and Canvas that Braze lists. */
export async function sendResults(
  workspace: WorkspaceConfig,
  examples: Examples,
  clock: Clock,
): Promise<CheckResult[]> {
  if (!workspace.sends) return [];
  const { channels } = brazeSendFacts({ ...workspace, clock });
  const results: CheckResult[] = [];
  for (const { kind, metric, called, details } of kinds) {
    try {
      const id = (await examples(metric))?.of.item;
      if (id === undefined) continue;
      await channels({ id, kind, name: id, time: clock(), scope: { workspace: workspace.name } });
      results.push(passed(`alerts can name the channels of ${called} that are sent`));
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      const { permission } = needsOf(details);
      // A key that may not list them is told so where their numbers are checked.
      if (error.failure === "braze-no-permission" && error.message.includes(permission))
        results.push(
          note(`alerts do not name the channels of ${called} that are sent: ${permission} is missing`),
        );
    }
  }
  return results;
}
