/** A text for mrkdwn in which nothing becomes a link or a mention; formats stay as they are. At most `max` characters. */
export function plain(text: string, max: number): string {
  const clean = text.replace(/[^\S\n]+|[\p{Cc}\p{Cf}](?<!\n)/gu, " ");
  const short =
    Array.from(clean).length > max
      ? `${Array.from(clean)
          .slice(0, max - 1)
          .join("")}…`
      : clean;
  return short.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
