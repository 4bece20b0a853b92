import { createElement as h, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Message, type MessageProps } from "slack-blocks-to-jsx";
import { type Instant, SECOND } from "../../../core/time.ts";
import { bot } from "../wire.ts";
import type { Channel, SlackMessage } from "../workspace.ts";

/** How many messages of a channel the page shows at most. */
const MOST = 200;

/**
 * What stands in a channel, as HTML; React escapes whatever a message holds. `now` is what the page calls today, since
 * the simulator's clock may run elsewhere than the reader's.
 */
export function drawMessages(channel: Channel, messages: readonly SlackMessage[], now: Instant): string {
  const rows = messages
    .filter(({ threadTs, isBroadcast }) => !threadTs || isBroadcast)
    .slice(-MOST)
    .map((message) => (message.threadTs ? broadcast(message, messages) : root(message, messages)));
  const markup = renderToStaticMarkup(
    h("ol", { className: "messages", "data-now": now }, ...(rows.length > 0 ? rows : [nothingYet(channel)])),
  );
  // The renderer gives every message the same id; the page has it once, around all of them.
  return markup.replaceAll(' id="slack_blocks_to_jsx" data-theme="light"', "");
}

const nothingYet = ({ name }: Channel) =>
  h("li", { className: "nothing" }, `Nothing has been posted to #${name} yet.`);

function root(message: SlackMessage, all: readonly SlackMessage[]): ReactNode {
  const replies = all.filter(({ threadTs }) => threadTs === message.ts);
  return row(message, bubble(message), replies.length > 0 && thread(message, replies));
}

const broadcast = (message: SlackMessage, all: readonly SlackMessage[]): ReactNode => {
  const about = all.find(({ ts }) => ts === message.threadTs)?.text ?? "a deleted message";
  return row(
    { ts: `${message.ts}-shown` },
    bubble(message, h("p", { className: "about" }, "replied to a thread: ", plain(about))),
  );
};

const row = ({ ts }: Pick<SlackMessage, "ts">, ...children: ReactNode[]): ReactNode =>
  h(
    "li",
    { className: "message", id: anchorOf(ts), "data-at": Number.parseFloat(ts) },
    avatar(),
    h("div", { className: "body" }, ...children),
  );

/** The id under which a permalink finds a message. */
const anchorOf = (ts: string) => `p${ts.replace(".", "")}`;

const bubble = (message: SlackMessage, about?: ReactNode): ReactNode =>
  h(
    "article",
    { "aria-label": plain(message.text) },
    h(
      "header",
      null,
      h("strong", null, bot.name),
      h("span", { className: "app" }, "App"),
      time(message.ts, "{time}"),
    ),
    about,
    content(message),
    message.before.length > 0 &&
      h("span", { className: "edited", title: `Edited ${message.before.length} times` }, "(edited)"),
  );

const thread = ({ ts }: SlackMessage, replies: readonly SlackMessage[]): ReactNode =>
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
        time(replies.at(-1)!.ts, "{date_short_pretty} at {time}"),
      ),
    ),
    h("ol", null, ...replies.map((reply) => row(reply, bubble(reply)))),
  );

/** What each message says, as markup: an edited message is another object, so none is drawn twice. */
const drawn = new WeakMap<SlackMessage, string>();

function content(message: SlackMessage): ReactNode {
  const markup = drawn.get(message) ?? renderToStaticMarkup(blocksOf(message));
  drawn.set(message, markup);
  return h("div", { dangerouslySetInnerHTML: { __html: markup } });
}

function blocksOf({ text, blocks }: SlackMessage): ReactNode {
  const said = blocks.length > 0 ? blocks : [{ type: "section", text: { type: "mrkdwn", text } }];
  return h(Message, {
    blocks: said.map(formatted) as MessageProps["blocks"],
    withoutWrapper: true,
    logo: "",
    name: bot.name,
    hooks: { date: ({ timestamp, format, fallback }) => localTime(timestamp, format, fallback) },
  });
}

// A mark that word joiners hold fast formats nothing in Slack, but the renderer takes it for one.
const HELD = /\u2060([*_~`])\u2060/g;
const LOOKALIKES: Record<string, string> = { "*": "∗", _: "ˍ", "~": "∼", "`": "ˋ" };

/** A text's escapes undone: React makes its own. */
const plain = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

// The renderer takes `verbatim` for "no format at all"; Slack means only that nothing becomes a link by itself.
function formatted(value: unknown): unknown {
  if (typeof value === "string") return value.replace(HELD, (_, mark: string) => LOOKALIKES[mark]!);
  if (Array.isArray(value)) return value.map(formatted);
  if (typeof value !== "object" || value === null) return value;
  const { slack_file: file, ...rest } = value as { slack_file?: { id: string } };
  const shown = file ? { ...rest, image_url: `/files/${file.id}` } : rest;
  return Object.fromEntries(
    Object.entries(shown)
      .filter(([key]) => key !== "verbatim")
      .map(([key, item]) => [key, formatted(item)]),
  );
}

const time = (ts: string, format: string): ReactNode =>
  localTime(ts, format, new Date(Number(ts) * SECOND).toISOString().slice(0, 16).replace("T", " "));

/** An instant that the page writes in the reader's own time. */
const localTime = (seconds: string, format: string, fallback: string) =>
  h("time", { "data-at": seconds, "data-format": format }, fallback);

const avatar = (): ReactNode =>
  h(
    "svg",
    { className: "avatar", viewBox: "0 0 36 36", "aria-hidden": true },
    h("rect", { width: 36, height: 36, rx: 6, fill: "#0b7285" }),
    h("path", {
      d: "M4 21q4-7 8-3.5t8 0 8 0 5 1",
      fill: "none",
      stroke: "#fff",
      strokeWidth: 2.6,
      strokeLinecap: "round",
    }),
    h("path", {
      d: "M4 27q4-5 8-2.5t8 0 8 0 5 1",
      fill: "none",
      stroke: "#99e9f2",
      strokeWidth: 2,
      strokeLinecap: "round",
    }),
  );
