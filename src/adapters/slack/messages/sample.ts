import type { Notification } from "../../../notifications/notification.ts";
import type { Message } from "../../../pipeline/ports/messages.ts";
import { alertText } from "../../../text/alerts.ts";
import { sampleMark, sampleNote } from "../../../text/sample.ts";
import { joined, strong } from "../../../text/text.ts";
import { alertMessage } from "./alert.ts";

/** A sample of an alert: without buttons, since nothing stands behind it, and marked as a test in its first words. */
export function sampleMessage(notification: Notification): Message {
  const { headlines, lines, footer, ...rest } = alertText(notification);
  return alertMessage(
    notification,
    {
      ...rest,
      headlines: headlines.map((headline, i) =>
        joined([i === 0 ? [strong(sampleMark)] : sampleMark, headline], i === 0 ? "\n" : ": "),
      ),
      lines,
      footer: [sampleNote, ...footer],
    },
    false,
  );
}
