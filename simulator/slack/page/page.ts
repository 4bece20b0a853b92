import { createElement as h, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { Channel } from "../channel.ts";
import type { Person } from "../people.ts";
import { bot, team } from "../wire.ts";
import type { Workspace } from "../workspace.ts";

/** What a page shows: a channel, or the app's Home. */
export interface Shown {
  readonly person: Person;
  readonly channel: Channel;
  readonly tab: "messages" | "home";
  /** What stands there, as markup already. */
  readonly markup: string;
  readonly commands: readonly string[];
}

/** The whole page. */
export function drawPage(shown: Shown, workspace: Workspace): string {
  const { channel, tab, markup } = shown;
  const title = channel.dmWith ? bot.name : `#${channel.name}`;
  const page = renderToStaticMarkup(
    h(
      "html",
      { lang: "en" },
      h(
        "head",
        null,
        h("meta", { charSet: "utf-8" }),
        h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
        h("meta", { name: "color-scheme", content: "light dark" }),
        h("title", null, `${title} – ${team.name}`),
        h("link", { rel: "icon", href: "data:," }),
        h("link", { rel: "stylesheet", href: "/assets/blocks.css" }),
        ...sheets.map((sheet) => h("link", { key: sheet, rel: "stylesheet", href: `/assets/${sheet}.css` })),
      ),
      h(
        "body",
        { "data-channel": channel.id, "data-tab": tab },
        sidebar(shown, workspace),
        h(
          "main",
          null,
          h(
            "header",
            { className: "title" },
            h("h1", null, channel.dmWith ? bot.name : `# ${channel.name}`),
            channel.dmWith && tabs(channel, tab),
            h("span", { id: "live" }, "connecting …"),
          ),
          h("div", {
            id: "slack_blocks_to_jsx",
            className: "scroll",
            dangerouslySetInnerHTML: { __html: markup },
          }),
          tab === "messages" && composer(shown),
        ),
        h("dialog", { id: "dialog", "aria-labelledby": "dialog-title" }),
        h("dialog", { id: "confirm", "aria-labelledby": "confirm-title" }),
        h("p", { id: "toast", role: "alert", hidden: true }),
        h("script", { src: "/assets/client.js", type: "module" }),
      ),
    ),
  );
  return `<!doctype html>${page}`;
}

const sheets = ["style", "controls", "dialog"];

const tabs = ({ id }: Channel, tab: Shown["tab"]): ReactNode =>
  h(
    "span",
    { className: "tabs" },
    link("/home", "Home", tab === "home"),
    link(`/archives/${id}`, "Messages", tab === "messages"),
  );

const link = (href: string, text: string, isCurrent: boolean): ReactNode =>
  h("a", { href, ...(isCurrent && { "aria-current": "page" as const }) }, text);

const composer = ({ channel, commands }: Shown): ReactNode =>
  h(
    "form",
    { id: "composer" },
    h("input", {
      name: "text",
      autoComplete: "off",
      list: "commands",
      "aria-label": channel.dmWith ? `Message ${bot.name}` : `Message #${channel.name}`,
      placeholder: `Message ${channel.dmWith ? bot.name : `#${channel.name}`}, or ${commands[0]} …`,
    }),
    h(
      "datalist",
      { id: "commands" },
      ...commands.map((command) => h("option", { key: command, value: `${command} ` })),
    ),
    h("button", { type: "submit", "aria-label": "Send" }, "➤"),
    h("small", null, "This is a local Slack: nothing leaves this machine."),
  );

function sidebar({ person, channel: current, tab }: Shown, workspace: Workspace): ReactNode {
  const channels = workspace.channelsOf(person.id).filter(({ dmWith }) => !dmWith);
  return h(
    "nav",
    { "aria-label": "Channels" },
    h("p", { className: "team" }, team.name),
    h("p", { className: "heading" }, "Channels"),
    h(
      "ul",
      null,
      ...channels.map(({ id, name, isPrivate }) =>
        h("li", { key: id }, link(`/archives/${id}`, `${isPrivate ? "🔒" : "#"} ${name}`, id === current.id)),
      ),
    ),
    h("p", { className: "heading" }, "Apps"),
    h(
      "ul",
      null,
      h("li", null, link("/home", `≈ ${bot.name}`, current.dmWith !== undefined || tab === "home")),
    ),
    h(
      "label",
      { className: "who" },
      h("span", null, "You are"),
      h(
        "select",
        { id: "who", defaultValue: person.id },
        ...workspace.people.map((each) => h("option", { key: each.id, value: each.id }, labelOf(each))),
      ),
    ),
  );
}

const labelOf = ({ realName, isOwner, isAdmin, guest }: Person): string => {
  const role = isOwner ? "owner" : isAdmin ? "admin" : guest ? "guest" : undefined;
  return role ? `${realName} (${role})` : realName;
};
