import type { Instant } from "../../../src/time/time.ts";
import { MINUTE, SECOND } from "../../../src/time/time.ts";
import type { Ephemeral } from "../ephemerals.ts";
import type { SlackMessage } from "../message.ts";
import type { View } from "../views/view.ts";
import { bot } from "../wire.ts";
import type { Workspace } from "../workspace.ts";
import type { Acting, Outcome, SlashCommand } from "./acts.ts";
import { createAppLink } from "./app-link.ts";
import { escaped, typeCommand } from "./command.ts";
import type { Acknowledgement, Failure } from "./delivery.ts";
import { inviteApp, openHome, passDeletion, passEdit, passToApp, uninstall } from "./events.ts";
import { createHttpTransport, type HttpTransport } from "./http.ts";
import { useShortcut } from "./shortcut.ts";
import { createSockets, type Sockets } from "./sockets.ts";
import { closeView, type FormValues, fillIn, type Submitted, submitView } from "./submit.ts";
import { type Suggestions, suggest } from "./suggest.ts";
import { type Place, type Use, useElement } from "./use-element.ts";

export interface InteractionOptions {
  readonly signingSecret: string;
  /** Where the app listens, over HTTP. @default none: Socket Mode */
  readonly requestUrl?: string;
  /** @default `/tidewatch`, which escapes */
  readonly commands?: readonly SlashCommand[];
  /** The events that the app subscribes to. @default direct messages; invitations, mentions and its Home it always receives */
  readonly events?: readonly string[];
  /** How long the app may take to acknowledge, in milliseconds. @default 3_000 */
  readonly ackWithin?: number;
  /** How long an unacknowledged event waits before each further try, in milliseconds. @default 0, 1 min, 5 min */
  readonly retryAfter?: readonly number[];
  readonly wallClock: () => Instant;
}

/** What people do in the simulated Slack, and what they see there. */
export interface People {
  /** Types a slash command, such as `/tidewatch list`. */
  command(typed: string, at: { readonly user: string; readonly channel: string }): Promise<Outcome>;
  /** Presses a button or chooses in a menu, in a message or a view. */
  click(place: Place, actionId: string, use: Use): Promise<Outcome>;
  /** Types into a select whose options come from the app. */
  suggest(
    place: Place,
    actionId: string,
    asked: { readonly user: string; readonly typed: string },
  ): Promise<Suggestions>;
  /** Fills in the modal on top, by block or action id, and submits it. */
  submit(view: string, values?: FormValues): Promise<Submitted>;
  /** Fills something into a view without submitting it. */
  fill(view: string, values: FormValues): View;
  /** Writes a message, or a reply in the thread of one. */
  write(channel: string, text: string, user: string, thread?: string): SlackMessage;
  /** Edits a message. */
  revise(channel: string, ts: string, text: string): SlackMessage;
  /** Chooses a shortcut of the app in the menu of a message. */
  shortcut(
    callback: string,
    at: { readonly channel: string; readonly ts: string },
    user: string,
  ): Promise<Outcome>;
  /** Invites the app to a channel. */
  invite(channel: string, user: string): Promise<Acknowledgement>;
  /** Closes the modal on top, or all of them. */
  dismiss(user: string, which?: "top" | "all"): Promise<void>;
  /** Opens the app's Home, or its direct conversation. */
  openHome(user: string, tab?: "home" | "messages"): Promise<Acknowledgement>;
  /** The modals a person has open, the one on top last. */
  views(user: string): readonly View[];
  home(user: string): View | undefined;
  /** What only this person sees in a channel. */
  ephemerals(user: string, channel: string): readonly Ephemeral[];
  /** What the app did not acknowledge as it must; each was shown to the person. */
  readonly failures: readonly Failure[];
}

/** The app as the simulator reaches it. */
export interface AppSide {
  /** Reaches the app over HTTP there from now on, or over Socket Mode. */
  pointTo(url: string | undefined): void;
  readonly http: Pick<HttpTransport, "sent" | "send" | "requestOf">;
  readonly sockets: Omit<Sockets, "deliver" | "ticket" | "upgrade">;
  /** Slack asks the request address to prove itself, as it does when one is set. */
  verifyUrl(): Promise<Response>;
}

const typed = (text: string, workspace: Workspace): string =>
  escaped(text, workspace).replace(/@tidewatch\b/gi, `<@${bot.userId}>`);

export type Interaction = ReturnType<typeof createInteraction>;

/** Puts together what people do, and the way to the app. */
export function createInteraction(workspace: Workspace, url: () => string, options: InteractionOptions) {
  const { ackWithin = 3 * SECOND, retryAfter = [0, MINUTE, 5 * MINUTE], wallClock } = options;
  let { requestUrl } = options;
  const sockets = createSockets(ackWithin);
  const http = createHttpTransport({
    url: () => requestUrl ?? "http://127.0.0.1:9",
    secret: options.signingSecret,
    clock: wallClock,
    timeout: ackWithin,
  });
  const link = createAppLink(
    (delivery) => (requestUrl === undefined ? sockets : http).deliver(delivery),
    retryAfter,
  );
  const { commands = [{ command: "/tidewatch" }], events = ["message.im"] } = options;
  const acting: Acting = { workspace, link, url, commands, events };
  workspace.onMessage((message, channelId, { before, isDeleted }) => {
    const channel = workspace.channel(channelId);
    if (!channel) return;
    if (isDeleted) void passDeletion(message, channel, acting);
    else if (before) void passEdit(message, before, channel, acting);
    else void passToApp(message, channel, acting);
  });

  const people: People = {
    command: (typed, at) => typeCommand(typed, at, acting),
    click: (place, actionId, use) => useElement(place, actionId, use, acting),
    suggest: (place, actionId, asked) => suggest(place, actionId, asked, acting),
    submit: (view, values = {}) => submitView(view, values, acting),
    fill: (view, values) => fillIn(view, values, acting),
    write: (channel, text, user, thread) =>
      workspace.add(channel, {
        text: typed(text, workspace),
        blocks: [],
        by: user,
        ...(thread && { threadTs: thread }),
      }),
    revise: (channel, ts, text) => workspace.edit(channel, ts, { text: typed(text, workspace) }),
    shortcut: (callback, at, user) => useShortcut(callback, at, user, acting),
    invite(channel, user) {
      workspace.change(channel, { isMember: true });
      return inviteApp(channel, user, acting);
    },
    dismiss: (user, which = "top") => closeView(user, which, acting),
    openHome: (user, tab = "home") => openHome(user, tab, acting),
    views: workspace.views.of,
    home: workspace.views.home,
    ephemerals: workspace.ephemerals.of,
    failures: link.failures,
  };
  const app: AppSide = {
    pointTo(to) {
      requestUrl = to;
    },
    http,
    sockets,
    verifyUrl() {
      const payload = {
        token: "simulated",
        challenge: "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P",
        type: "url_verification",
      };
      return http.send(http.requestOf({ kind: "event", payload, takesReply: true }));
    },
  };
  return {
    people,
    app,
    acting,
    sockets,
    uninstall: () => uninstall(acting),
    stop() {
      link.stop();
      sockets.cut();
    },
  };
}
