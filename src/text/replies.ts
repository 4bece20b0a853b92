import { labelFactsOf } from "../incidents/label-facts.ts";
import type { Notification } from "../notifications/notification.ts";
import { callText, facts, factsInAll, factsSoFar, linksOf } from "./alerts.ts";
import { headlines } from "./headlines.ts";
import {
  acceptedBy,
  differenceOf,
  durationOf,
  lastReminder,
  reminderNote,
  sinceWhen,
  stateOf,
  unitOf,
  wordsFor,
} from "./incidents.ts";
import { labelTexts } from "./labels.ts";
import { joined, type Part, type Text, text } from "./text.ts";

/** A message that follows the one of an incident or an alert group. */
export interface ReplyText {
  /** The reply on a phone, in fewer and fewer words. */
  readonly summaries: readonly Text[];
  readonly body: Text;
  /** Links for the people who are called. */
  readonly links: readonly Part[];
}

/** The reply about what changed in an incident; undefined if the change of its message is enough. */
export function replyText(notification: Notification): ReplyText | undefined {
  switch (notification.reason) {
    case "worsened":
      return news(
        headlines(notification, "escalated"),
        [facts(factsSoFar(notification)), ...callText(notification.members)],
        linksOf(notification),
      );
    case "reopened":
      return news(headlines(notification, "reopened"), [
        text`Reopened the ${wordsFor(notification).noun} from ${sinceWhen(notification)}: ${differenceOf(notification)} than expected so far.`,
      ]);
    case "unmuted":
      return news(headlines(notification, "mute ended, still open"), [facts(factsSoFar(notification))]);
    case "reminder":
    case "last-reminder":
      return news(
        headlines(notification, reminderNote(notification, durationOf(notification))),
        [facts(factsSoFar(notification)), ...lastReminder(notification)],
        linksOf(notification),
      );
    case "resolved":
      return stateOf(notification) === "settled"
        ? newNormal(notification)
        : news(headlines(notification), [facts(factsInAll(notification))]);
    case "retracted":
      return news(headlines(notification), []);
    case "labelled":
      return labelled(notification);
    default:
      return undefined;
  }
}

/** A reply with the headline of the message, in the words that fit it. */
export const news = (
  headlines: readonly Text[],
  lines: readonly Text[],
  links: readonly Part[] = [],
): ReplyText => ({
  summaries: headlines,
  body: joined([headlines[0]!, ...lines.filter(({ length }) => length > 0)], "\n"),
  links,
});

const newNormal = (notification: Notification): ReplyText =>
  news(headlines(notification), [
    text`${acceptedBy(notification)}: later ${unitOf(notification)}s are compared with this level. ${doubt(notification)}`,
  ]);

const doubt = ({ incident }: Notification): string =>
  incident.labelled?.label === "new-normal"
    ? "Wrong? Choose another label, or remove this one."
    : "Wrong? Label it real: the incident reopens, and its hours are not learned.";

/** The reply about a label and its effects. */
export function labelled({ members, watch }: Notification): ReplyText {
  const [effect, ...more] = labelTexts(labelFactsOf(members.map(({ incident }) => incident)), watch);
  const body = joined([effect!, ...more], " ");
  return { summaries: [body, effect!], body, links: [] };
}
