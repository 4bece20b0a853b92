import type { Label } from "../../../incidents/label.ts";
import type { QuietHours } from "../../../notifications/quiet-hours.ts";
import type { Permissions } from "../../../settings/permissions.ts";
import type { Rules } from "../../../settings/watch.ts";
import type { Unit } from "../../../time/time.ts";
import type { Moment } from "./moment.ts";
import type { Span } from "./span.ts";

/** The typed settings of a watch; `null` removes a setting. */
export interface TypedWatch extends Partial<Omit<Rules, "thresholdAdjustment">> {
  readonly workspace?: string;
  /** An id from Braze, or the app's name in Tidewatch; `null`: all apps. */
  readonly app?: string | null;
  readonly appName?: string;
  /** An id from Braze, or the segment's name there; `null`: everybody. */
  readonly segment?: string | null;
  readonly segmentName?: string;
  readonly unit?: Unit;
  /** The Slack channel's id. */
  readonly channel?: string;
  readonly quiet?: QuietHours | null;
  /** A Slack user (U…) or user group (S…). */
  readonly owner?: string | null;
  readonly runbook?: string | null;
}

/** The typed target of a mute. */
export type TypedScope =
  | { readonly kind: "watch"; readonly watch: string }
  | { readonly kind: "app"; readonly app: string }
  | { readonly kind: "channel"; readonly channel: string }
  /** The channel in which the command is typed. */
  | { readonly kind: "here" };

/** The commands after `/tidewatch`. */
export type Command =
  | { readonly commandName: "help"; readonly about?: CommandName }
  /** Without settings: opens the form. */
  | { readonly commandName: "watch"; readonly settings?: TypedWatch }
  | { readonly commandName: "list" }
  | { readonly commandName: "show"; readonly watch: string }
  /** Without settings: opens the form. */
  | { readonly commandName: "edit"; readonly watch: string; readonly settings?: TypedWatch }
  | { readonly commandName: "remove"; readonly watch: string }
  | { readonly commandName: "mute"; readonly scope: TypedScope; readonly until: Moment | "recovery" }
  | { readonly commandName: "unmute"; readonly scope: TypedScope }
  | { readonly commandName: "mutes" }
  | { readonly commandName: "status" }
  | { readonly commandName: "why"; readonly watch: string; readonly at?: Moment }
  | { readonly commandName: "preview"; readonly watch: string; readonly settings?: TypedWatch }
  | { readonly commandName: "event"; readonly act: "list" }
  | { readonly commandName: "event"; readonly act: "remove"; readonly event: string }
  | {
      readonly commandName: "event";
      readonly act: "plan";
      readonly name: string;
      readonly span: Span;
      readonly app?: string;
    }
  | { readonly commandName: "exclude"; readonly watch: string; readonly span: Span }
  /** Without a label: removes the current one. */
  | { readonly commandName: "label"; readonly incident: string; readonly label?: Label }
  | { readonly commandName: "ack"; readonly incident: string }
  | { readonly commandName: "digest" }
  | { readonly commandName: "who-can"; readonly permissions?: Permissions }
  | { readonly commandName: "audit"; readonly watch: string; readonly since?: Moment }
  | { readonly commandName: "changes"; readonly watch?: string }
  | { readonly commandName: "undo"; readonly change: string }
  | { readonly commandName: "export" }
  | { readonly commandName: "import" };

export type CommandName = Command["commandName"];
