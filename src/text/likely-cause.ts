import type { LikelyCause } from "../incidents/likely-cause.ts";
import { count } from "./numbers.ts";
import { name, type Text, text } from "./text.ts";

/** The likely cause in one line with its evidence. */
export function likelyCauseText(cause: LikelyCause): Text {
  switch (cause.kind) {
    case "source":
      return text`Probably the source: ${cause.apps === 2 ? "both apps" : `all ${count(cause.apps)} apps`} fell at once, and Braze is late`;
    case "release":
      return cause.isOnlyOneApp
        ? text`Probably ${name(cause.change)}: it came shortly before, and the other apps are as expected`
        : text`Probably ${name(cause.change)}: it came shortly before`;
    case "send":
      return text`Probably the send ${name(cause.send)}: it went out shortly before`;
    case "missing-send":
      return text`Probably the send ${name(cause.send)}: it went out at this time in ${count(cause.weeks)} of the last 4 weeks, and not now`;
    case "tokens":
      return ["Probably revoked push tokens: uninstalls rose while sessions are as expected"];
    case "checkout":
      return ["Probably where orders are made: fewer came while sessions are as expected"];
  }
}
