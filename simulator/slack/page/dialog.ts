import { createElement as h } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { View } from "../views/view.ts";
import type { Workspace } from "../workspace.ts";
import { drawBlocks, textOf } from "./blocks.ts";
import { withoutIds } from "./draw.ts";

/** The modal on top of those that a person has open, as HTML; nothing when there is none. */
export function drawDialog(views: readonly View[], workspace: Workspace): string {
  const view = views.at(-1);
  if (!view) return "";
  const { id, body, values, errors } = view;
  return withoutIds(
    renderToStaticMarkup(
      h(
        "form",
        { "data-view": id, "data-version": versionOf(view), noValidate: true },
        h(
          "header",
          null,
          views.length > 1 && h("button", { type: "button", "data-back": "", "aria-label": "Back" }, "←"),
          h("h2", { id: "dialog-title" }, textOf(body.title)),
          h("button", { type: "button", "data-dismiss": "all", "aria-label": "Close" }, "✕"),
        ),
        h("div", { className: "fields" }, ...drawBlocks(body.blocks, { workspace, values, errors })),
        h("p", { className: "problem", role: "alert", hidden: true }),
        h(
          "footer",
          null,
          h(
            "button",
            { type: "button", className: "button", "data-dismiss": "top" },
            textOf(body.close) || "Cancel",
          ),
          body.submit && h("button", { type: "submit", className: "button primary" }, textOf(body.submit)),
        ),
      ),
    ),
  );
}

/** A person's Home tab, as HTML. */
export function drawHome(view: View | undefined, workspace: Workspace): string {
  const drawn = view
    ? drawBlocks(view.body.blocks, { workspace, values: view.values })
    : [h("p", { className: "nothing" }, "The app has not published its Home yet.")];
  const props = {
    className: "home",
    "data-now": workspace.now(),
    ...(view && { "data-view": view.id, "data-version": versionOf(view) }),
  };
  return withoutIds(renderToStaticMarkup(h("div", props, ...drawn)));
}

/** Changes whenever there is something else to draw than what the person filled in. */
const versionOf = ({ id, hash, errors }: View): string => `${id} ${hash} ${JSON.stringify(errors)}`;
