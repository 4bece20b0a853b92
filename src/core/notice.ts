import type { NoticeReason } from "./decide.ts";
import type { Incident } from "./incident.ts";
import type { Watch } from "./watch.ts";

/** What is to be said, before it is Slack. */
export interface Notice {
  readonly reason: NoticeReason;
  readonly incident: Incident;
  readonly watch: Watch;
}
