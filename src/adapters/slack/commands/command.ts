import type { Label } from "../../../incidents/label.ts";
import type { QuietHours } from "../../../notifications/quiet-hours.ts";
import type { Access } from "../../../settings/permissions.ts";
import type { Rules } from "../../../settings/watch.ts";
import type { Unit } from "../../../time/time.ts";
import type { Moment } from "./moment.ts";
import type { Span } from "./span.ts";

/** What was typed about a watch; `null` takes away what there is. */
export interface TypedWatch extends Partial<Omit<Rules, "lenience">> {
  readonly workspace?: string;
  /** An id of Braze, or the name that somebody gave the app; `null`: all apps. */
  readonly app?: string | null;
  readonly appName?: string;
  /** An id of Braze, or the segment's name there; `null`: everybody. */
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

/** What a mute is to cover. */
export type TypedScope =
  | { readonly kind: "watch"; readonly watch: string }
  | { readonly kind: "app"; readonly app: string }
  | { readonly kind: "channel"; readonly channel: string }
  /** The channel in which it is typed. */
  | { readonly kind: "here" };

/** What can be typed after `/tidewatch`. */
export type Command =
  | { readonly verb: "help"; readonly about?: Verb }
  /** Without settings: opens the form. */
  | { readonly verb: "watch"; readonly settings?: TypedWatch }
  | { readonly verb: "list" }
  | { readonly verb: "show"; readonly watch: string }
  /** Without settings: opens the form. */
  | { readonly verb: "edit"; readonly watch: string; readonly settings?: TypedWatch }
  | { readonly verb: "remove"; readonly watch: string }
  | { readonly verb: "mute"; readonly scope: TypedScope; readonly until: Moment | "recovery" }
  | { readonly verb: "unmute"; readonly scope: TypedScope }
  | { readonly verb: "mutes" }
  | { readonly verb: "status" }
  | { readonly verb: "why"; readonly watch: string; readonly at?: Moment }
  | { readonly verb: "preview"; readonly watch: string; readonly settings?: TypedWatch }
  | { readonly verb: "event"; readonly act: "list" }
  | { readonly verb: "event"; readonly act: "remove"; readonly event: string }
  | {
      readonly verb: "event";
      readonly act: "plan";
      readonly name: string;
      readonly span: Span;
      readonly app?: string;
    }
  | { readonly verb: "exclude"; readonly watch: string; readonly span: Span }
  /** Without a label: takes away the one there is. */
  | { readonly verb: "label"; readonly incident: string; readonly label?: Label }
  | { readonly verb: "ack"; readonly incident: string }
  | { readonly verb: "digest" }
  | { readonly verb: "who-can"; readonly access?: Access }
  | { readonly verb: "audit"; readonly watch: string; readonly since?: Moment }
  | { readonly verb: "changes"; readonly watch?: string }
  | { readonly verb: "undo"; readonly change: string }
  | { readonly verb: "export" }
  | { readonly verb: "import" };

export type Verb = Command["verb"];
