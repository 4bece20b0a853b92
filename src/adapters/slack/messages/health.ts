import type { Message } from "../../../pipeline/ports/messages.ts";
import type { OpsRenderer } from "../../../pipeline/ports/renderer.ts";
import { dailyStatusText, type HealthText, healthIssueOver, healthIssueText } from "../../../text/health.ts";
import { noticeText } from "../../../text/notice.ts";
import { footer, section } from "../blocks/blocks.ts";
import { mrkdwn, phoneText } from "../blocks/mrkdwn.ts";

/** Renders health issues and the daily status for the people who run Tidewatch. */
export const opsMessages = (zone: string): OpsRenderer => ({
  healthIssue: (healthIssue) => message(healthIssueText(healthIssue), zone),
  over: (healthIssue) => message(healthIssueOver(healthIssue), zone),
  notice: (healthIssue, around) => {
    const notice = noticeText(healthIssue, around);
    return message({ headline: notice, paragraphs: [notice], footer: [] }, zone);
  },
  dailyStatus: (status) => message(dailyStatusText(status), zone),
});

const message = ({ headline, brief, paragraphs, footer: small }: HealthText, zone: string): Message => ({
  text: phoneText([headline, ...(brief ? [brief] : [])], zone),
  blocks: [
    ...paragraphs.map((paragraph) => section(mrkdwn(paragraph))),
    ...(small.length > 0 ? [footer(small.map((part) => mrkdwn(part)))] : []),
  ].map((block) => ({ ...block })),
});
