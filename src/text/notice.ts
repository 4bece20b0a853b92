import type { HealthIssue } from "../health/health-issue.ts";
import { counted } from "./numbers.ts";
import { channel, joined, name, type Text, text, time } from "./text.ts";

/** What a notice says besides its health issue. */
export interface NoticeContext {
  /** How many watches post in its channel. */
  readonly watches: number;
  /** Where the details are, if there is an ops channel. */
  readonly opsChannel?: string;
}

/**
 * The one line in an alert channel whose watches have no data.
 * @example noticeText(issue, { watches: 3, opsChannel }); // => ⚠️ No Braze data since 1 PM – Tidewatch can't alert on newer hours. Details in #ops.
 */
export function noticeText(
  { what, since, overAt, missed }: Pick<HealthIssue, "what" | "since" | "overAt" | "missed">,
  { watches, opsChannel }: NoticeContext,
): Text {
  const whose: Text = what.length < watches ? text` for ${namesIn(what)}` : [];
  const began = time(since, missed?.unit);
  if (overAt === undefined) {
    const where =
      opsChannel === undefined ? ["Details: /tidewatch status."] : text`Details in ${channel(opsChannel)}.`;
    return text`⚠️ No Braze data${whose} since ${began} – Tidewatch can't alert on newer ${missed?.unit ?? "hour"}s. ${where}`;
  }
  if (watches === 0) return text`⚪ No Braze data since ${began}. No watch posts here any more.`;
  const checked = missed ? `, ${counted(missed.buckets, `missed ${missed.unit}`)} checked` : "";
  return text`✅ Braze data again${whose} since ${time(overAt)}${checked}. There was none from ${began} on.`;
}

const MOST_NAMES = 3;

function namesIn(what: readonly string[]): Text {
  const names = what.slice(0, MOST_NAMES).map((title) => [name(title)]);
  const more = what.length - MOST_NAMES;
  return [...joined(names, ", "), ...(more > 0 ? [` and ${more} more`] : [])];
}
