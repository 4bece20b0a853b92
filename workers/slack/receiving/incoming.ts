import { HOUR, SECOND } from "../../../src/time/time.ts";

/** The parts of a delivery that are checked before any listener. */
export interface Incoming {
  readonly type?: unknown;
  readonly command?: unknown;
  readonly trigger_id?: unknown;
  readonly event_id?: unknown;
  readonly user?: { readonly id?: unknown };
  readonly channel?: { readonly id?: unknown };
  /** The same for a command. */
  readonly user_id?: unknown;
  readonly channel_id?: unknown;
  readonly response_url?: unknown;
  readonly view?: {
    readonly id?: unknown;
    readonly hash?: unknown;
    readonly private_metadata?: unknown;
    readonly title?: { readonly text?: unknown };
    readonly blocks?: readonly {
      readonly block_id?: unknown;
      readonly label?: { readonly text?: unknown };
    }[];
  };
  readonly container?: { readonly message_ts?: unknown };
  readonly actions?: readonly {
    readonly type?: unknown;
    readonly action_id?: unknown;
    readonly action_ts?: unknown;
    readonly value?: unknown;
  }[];
}

/** The identity of a delivery, and for how many milliseconds an equal one counts as a duplicate. */
export interface Identity {
  readonly id: string;
  readonly within: number;
}

/** Slack repeats an event for an hour. */
const AGAIN_WITHIN = HOUR;

/** Two presses of one button within this time are a double click. */
const DOUBLE_CLICK = 2 * SECOND;

/** The identities of a delivery; none where equal deliveries may be intended. */
export function identitiesOf(body: Incoming): Identity[] {
  if (body.type === "event_callback") return named("event", body.event_id);
  if (body.type === "block_actions") return clickOf(body);
  // A modal may be submitted again after an error, and then has another trigger id.
  if (body.type === "view_submission") return named("submission", body.trigger_id);
  if (body.type === "message_action") return named("shortcut", body.trigger_id);
  return body.command === undefined ? [] : named("command", body.trigger_id);
}

/** Whether the delivery is acknowledged at once, whatever its result. Others are acknowledged with their response. */
export const isAckedAtOnce = ({ type }: Incoming): boolean =>
  type !== "view_submission" && type !== "block_suggestion";

const named = (kind: string, ...parts: readonly unknown[]): Identity[] =>
  parts.every((part) => typeof part === "string" && part !== "")
    ? [{ id: [kind, ...parts].join(" "), within: AGAIN_WITHIN }]
    : [];

function clickOf({ user, actions, view, container }: Incoming): Identity[] {
  const [action] = actions ?? [];
  const click = named("click", user?.id, action?.action_ts);
  if (action?.type !== "button") return click;
  // A view that was updated has another hash, and its buttons are new.
  const place = container?.message_ts ?? `${view?.id}.${view?.hash}`;
  const press = named("press", user?.id, place, action.action_id).map(({ id }) => ({
    id: `${id} ${action.value ?? ""}`,
    within: DOUBLE_CLICK,
  }));
  return [...click, ...press];
}
