import type { Message } from "../../../pipeline/ports/messages.ts";
import type { OpsRenderer } from "../../../pipeline/ports/ops.ts";
import { dailyStatusText, type HealthText, healthIssueOver, healthIssueText } from "../../../text/health.ts";
import { noticeText } from "../../../text/notice.ts";
import { footer, section } from "../blocks/blocks.ts";
import { mrkdwn, notificationText } from "../blocks/mrkdwn.ts";

/** Renders health issues and the daily status for the people who run Tidewatch. */
export const opsRenderer = (): OpsRenderer => ({
  healthIssue: (healthIssue) => message(healthIssueText(healthIssue)),
  over: (healthIssue) => message(healthIssueOver(healthIssue)),
  notice: (healthIssue, around) => {
    const notice = noticeText(healthIssue, around);
    return message({ headline: notice, paragraphs: [notice], footer: [] });
  },
  dailyStatus: (status) => message(dailyStatusText(status)),
});

const message = ({ headline, paragraphs, footer: small }: HealthText): Message => ({
  text: notificationText(headline),
  blocks: [
    ...paragraphs.map((paragraph) => section(mrkdwn(paragraph))),
    ...(small.length > 0 ? [footer(small.map((part) => mrkdwn(part)))] : []),
  ].map((block) => ({ ...block })),
});
