import type { DailyStatus } from "../../health/daily-status.ts";
import type { HealthIssue } from "../../health/health-issue.ts";
import type { EventReminder } from "../../notifications/event-reminder.ts";
import type { Notification } from "../../notifications/notification.ts";
import type { OverflowNotification } from "../../notifications/overflow.ts";
import type { Review } from "../../reports/weekly-review.ts";
import type { Change } from "../../settings/change.ts";
import type { Watch } from "../../settings/watch.ts";
import type { NoticeContext } from "../../text/notice.ts";
import type { Message } from "./messages.ts";

/** Renders all that is posted; pure. With a `Messenger`, this is a notifier. */
export interface Renderer {
  readonly alerts: AlertRenderer;
  readonly overflow: OverflowRenderer;
  readonly ops: OpsRenderer;
  /** A sample of an alert, marked as a test. */
  sample(notification: Notification): Message;
  /** Changes that are announced together, with the names of these watches. */
  changes(changes: readonly Change[], watches: readonly Watch[]): Message;
  /** The changes of settings in a day, oldest first. */
  dailyChanges(changes: readonly Change[], watches: readonly Watch[]): Message;
  /** A weekly review. The first message is for the channel, the others for its thread. */
  review(review: Review): Message[];
  eventReminder(reminder: EventReminder): Message;
}

/** Renders notifications of incidents. */
export interface AlertRenderer {
  /** The message of the alert group in its present state. */
  root(notification: Notification): Message;
  /** The replies in its thread; none if this reason needs none. */
  replies(notification: Notification): Message[];
}

/** Renders overflow summaries. */
export interface OverflowRenderer {
  /** The message of the summary in its present state. */
  root(notification: OverflowNotification): Message;
  /** The replies in its thread that list what was added. */
  replies(notification: OverflowNotification): Message[];
}

/** Renders messages for the people who run Tidewatch. */
export interface OpsRenderer {
  /** The message of a health issue in its present state. */
  healthIssue(healthIssue: HealthIssue): Message;
  /** The reply in its thread when it is over. */
  over(healthIssue: HealthIssue): Message;
  /** The one line about a health issue in the channel that it is about. */
  notice(healthIssue: HealthIssue, around: NoticeContext): Message;
  dailyStatus(status: DailyStatus): Message;
}
