import { Fragment, createElement as h, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { Channel } from "../channel.ts";
import type { Ephemeral } from "../ephemerals.ts";
import type { SlackMessage } from "../message.ts";
import { bot } from "../wire.ts";
import type { Workspace } from "../workspace.ts";
import { avatar } from "./avatar.ts";
import { drawBlocks } from "./blocks.ts";
import { timeOf } from "./time.ts";

/** How many messages of a channel the page shows at most. */
const MOST = 200;

/** A channel as one person sees it. */
interface Scene {
  readonly workspace: Workspace;
  readonly channel: Channel;
  readonly all: readonly (SlackMessage | Ephemeral)[];
  readonly shortcuts: readonly Shortcut[];
}

/** An entry of the app in the menu of each message. */
export interface Shortcut {
  readonly name: string;
  readonly callback_id: string;
}

/** What stands in a channel before a person, as HTML; React escapes whatever a message holds. */
export function drawMessages(
  channel: Channel,
  workspace: Workspace,
  user: string,
  shortcuts: readonly Shortcut[] = [],
): string {
  const all = [...workspace.messages(channel.id), ...workspace.ephemerals.of(user, channel.id)].toSorted(
    (a, b) => Number(a.ts) - Number(b.ts),
  );
  const scene = { workspace, channel, all, shortcuts };
  const rows = all
    .filter(({ threadTs, isBroadcast }) => !threadTs || isBroadcast)
    .slice(-MOST)
    .map((message) => (message.threadTs ? broadcast(message, scene) : root(message, scene)));
  // What the page calls today: the simulator's clock may run elsewhere than the reader's.
  const props = { className: "messages", "data-now": workspace.now(), "data-channel": channel.id };
  return withoutIds(
    renderToStaticMarkup(h("ol", props, ...(rows.length > 0 ? rows : [nothingYet(channel)]))),
  );
}

/** The renderer gives everything it draws the same id; the page has it once, around all of it. */
export const withoutIds = (markup: string): string =>
  markup.replaceAll(' id="slack_blocks_to_jsx" data-theme="light"', "");

const nothingYet = ({ name, dmWith }: Channel) =>
  h(
    "li",
    { className: "nothing" },
    dmWith ? `${bot.name} has not written to you yet.` : `Nothing has been posted to #${name} yet.`,
  );

function root(message: SlackMessage, scene: Scene): ReactNode {
  const replies = scene.all.filter(({ threadTs }) => threadTs === message.ts);
  return row(
    message,
    anchorOf(message.ts),
    scene,
    bubble(message, scene),
    replies.length > 0 && thread(message, replies, scene),
    // What one person alone sees has no thread.
    replies.length === 0 && !("user" in message) && !scene.channel.dmWith && answer(message.ts),
  );
}

const broadcast = (message: SlackMessage, scene: Scene): ReactNode => {
  const about = scene.all.find(({ ts }) => ts === message.threadTs)?.text ?? "a deleted message";
  return row(
    message,
    `${anchorOf(message.ts)}-shown`,
    scene,
    bubble(message, scene, h("p", { className: "about" }, "replied to a thread: ", plain(about))),
  );
};

const row = (
  message: SlackMessage | Ephemeral,
  id: string,
  { workspace }: Scene,
  ...children: ReactNode[]
): ReactNode =>
  h(
    "li",
    {
      className: "user" in message ? "message private" : "message",
      id,
      "data-ts": message.ts,
      "data-at": Number.parseFloat(message.ts),
    },
    avatar(message.by ? workspace.person(message.by) : undefined),
    h("div", { className: "body" }, ...children),
  );

/** The id under which a permalink finds a message. */
const anchorOf = (ts: string) => `p${ts.replace(".", "")}`;

const bubble = (message: SlackMessage | Ephemeral, scene: Scene, about?: ReactNode): ReactNode =>
  h(
    "article",
    { "aria-label": plain(message.text) },
    "user" in message && h("p", { className: "only" }, "Only visible to you"),
    h("header", null, ...author(message, scene), timeOf(message.ts, "{time}"), menu(message, scene)),
    about,
    content(message, scene.workspace),
    message.before.length > 0 &&
      h("span", { className: "edited", title: `Edited ${message.before.length} times` }, "(edited)"),
  );

function author(message: SlackMessage | Ephemeral, { workspace }: Scene): ReactNode[] {
  if (message.by) return [h("strong", null, workspace.person(message.by)?.realName)];
  const name = "bySlack" in message && message.bySlack ? "Slackbot" : bot.name;
  return [h("strong", null, name), h("span", { className: "app" }, "App")];
}

/** The shortcuts of the app in the menu of a message. */
const menu = (message: SlackMessage | Ephemeral, { shortcuts }: Scene): ReactNode =>
  !("user" in message) &&
  shortcuts.length > 0 &&
  h(
    "details",
    { className: "overflow more", "data-kind": "menu", "data-block": "menu", "data-action": message.ts },
    h("summary", { "aria-label": "More actions" }, "⋮"),
    h(
      "div",
      { className: "list" },
      ...shortcuts.map(({ name, callback_id }) =>
        h("button", { key: callback_id, type: "button", "data-shortcut": callback_id }, name),
      ),
    ),
  );

/** Where one replies; a field that waits for its form, so that what is typed outlasts what is drawn anew. */
const replyForm = (ts: string): ReactNode =>
  h(
    "form",
    { className: "reply", "data-reply": ts, "data-field": true },
    h("input", {
      name: "text",
      autoComplete: "off",
      placeholder: "Reply…",
      "aria-label": "Reply in the thread",
      "data-kind": "reply",
      "data-block": "reply",
      "data-action": ts,
    }),
  );

/** The same where nobody has replied yet. */
const answer = (ts: string): ReactNode =>
  h(
    "details",
    { className: "answer", "data-kind": "answer", "data-block": "answer", "data-action": ts },
    h("summary", null, "Reply in thread"),
    replyForm(ts),
  );

const thread = ({ ts }: SlackMessage, replies: readonly SlackMessage[], scene: Scene): ReactNode =>
  h(
    "details",
    { className: "thread", open: true, "data-thread": ts },
    h(
      "summary",
      null,
      h("span", { className: "count" }, replies.length === 1 ? "1 reply" : `${replies.length} replies`),
      h(
        "span",
        { className: "last" },
        "Last reply ",
        timeOf(replies.at(-1)!.ts, "{date_short_pretty} at {time}"),
      ),
    ),
    h("ol", null, ...replies.map((reply) => row(reply, anchorOf(reply.ts), scene, bubble(reply, scene)))),
    replyForm(ts),
  );

/** What each message says, as markup: an edited message is another object, so none is drawn twice. */
const drawn = new WeakMap<SlackMessage, string>();

function content(message: SlackMessage, workspace: Workspace): ReactNode {
  const markup =
    drawn.get(message) ?? renderToStaticMarkup(h(Fragment, null, ...blocksOf(message, workspace)));
  drawn.set(message, markup);
  return h("div", { dangerouslySetInnerHTML: { __html: markup } });
}

function blocksOf({ text, blocks, ...message }: SlackMessage, workspace: Workspace): ReactNode[] {
  const own = text === "" ? [] : [{ type: "section", text: { type: "mrkdwn", text } }];
  const files = (message.files ?? []).map((id) => fileLink(id, workspace));
  return [...drawBlocks(blocks.length > 0 ? blocks : own, { workspace }), ...files];
}

function fileLink(id: string, { files }: Workspace): ReactNode {
  const name = files.file(id)?.name ?? id;
  return h("p", { className: "file" }, "📄 ", h("a", { href: `/files/${id}`, download: name }, name));
}

/** A text's escapes undone: React makes its own. */
const plain = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
