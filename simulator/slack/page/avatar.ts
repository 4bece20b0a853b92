import { createElement as h, type ReactNode } from "react";
import type { Person } from "../people.ts";

/** The bot's picture, or a person's initials. */
export const avatar = (person?: Person): ReactNode => (person ? initials(person) : tide());

const COLOURS = ["#5f3dc4", "#2b8a3e", "#a61e4d", "#d9480f", "#1864ab"];

const initials = ({ id, realName }: Person): ReactNode =>
  h(
    "span",
    {
      className: "avatar initials",
      style: {
        background: COLOURS[Array.from(id).reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 5],
      },
      "aria-hidden": true,
    },
    realName
      .split(" ")
      .map((word) => word[0])
      .join(""),
  );

const tide = (): ReactNode =>
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
