/** Of what is in angle brackets, only Slack's ids of people, channels and groups are mentions. */
const MENTION = /&lt;((?:@[UW]|#[CGD]|!subteam\^S)[A-Z0-9]{4,20})&gt;/g;

/** A text for mrkdwn in which nothing but ids becomes a link; formats stay as they are. At most `max` characters. */
export function plain(text: string, max: number): string {
  const clean = text.replace(/[^\S\n]+|[\p{Cc}\p{Cf}](?<!\n)/gu, " ");
  const short =
    Array.from(clean).length > max
      ? `${Array.from(clean)
          .slice(0, max - 1)
          .join("")}…`
      : clean;
  return short
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(MENTION, "<$1>");
}
