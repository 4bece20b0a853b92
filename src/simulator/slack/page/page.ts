import { createElement as h } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { team } from "../wire.ts";
import type { Channel } from "../workspace.ts";

/** The whole page of a channel; `messages` is markup already. */
export function drawPage(channel: Channel, channels: readonly Channel[], messages: string): string {
  const markup = renderToStaticMarkup(
    h(
      "html",
      { lang: "en" },
      h(
        "head",
        null,
        h("meta", { charSet: "utf-8" }),
        h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
        h("meta", { name: "color-scheme", content: "light dark" }),
        h("title", null, `#${channel.name} – ${team.name}`),
        h("link", { rel: "icon", href: "data:," }),
        h("link", { rel: "stylesheet", href: "/assets/blocks.css" }),
        h("link", { rel: "stylesheet", href: "/assets/style.css" }),
      ),
      h(
        "body",
        { "data-channel": channel.id },
        sidebar(channel, channels),
        h(
          "main",
          null,
          h(
            "header",
            { className: "title" },
            h("h1", null, `# ${channel.name}`),
            h("span", { id: "live" }, "connecting …"),
          ),
          h("div", {
            id: "slack_blocks_to_jsx",
            className: "scroll",
            dangerouslySetInnerHTML: { __html: messages },
          }),
          h(
            "footer",
            null,
            "This is a local Slack: it shows what the bot posts and edits. Nothing leaves this machine.",
          ),
        ),
        h("script", { src: "/assets/client.js", defer: true }),
      ),
    ),
  );
  return `<!doctype html>${markup}`;
}

const sidebar = (current: Channel, channels: readonly Channel[]) =>
  h(
    "nav",
    { "aria-label": "Channels" },
    h("p", { className: "team" }, team.name),
    h("p", { className: "heading" }, "Channels"),
    h(
      "ul",
      null,
      ...channels.map(({ id, name, isPrivate }) =>
        h(
          "li",
          null,
          h(
            "a",
            { href: `/archives/${id}`, ...(id === current.id && { "aria-current": "page" as const }) },
            `${isPrivate ? "🔒" : "#"} ${name}`,
          ),
        ),
      ),
    ),
  );
