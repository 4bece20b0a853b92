import type { KnownBlock } from "@slack/types";
import { healthCheck, titleOf } from "../../../health/checks.ts";
import type { Account, DailyStatus } from "../../../health/daily-status.ts";
import type { HealthIssue } from "../../../health/health-issue.ts";
import type { Message } from "../../../pipeline/ports/messages.ts";
import type { OpsRenderer } from "../../../pipeline/ports/ops.ts";
import { count, counted } from "../../../text/numbers.ts";
import { plainWhen } from "../../../text/times.ts";
import { HOUR, MINUTE } from "../../../time/time.ts";
import { footer, section } from "../blocks/blocks.ts";
import { escaped } from "../blocks/escape.ts";
import { safeName } from "../blocks/names.ts";
import { localTime } from "../blocks/when.ts";

/** Renders health issues and the daily status for the people who run Tidewatch. */
export const opsRenderer = (): OpsRenderer => ({
  healthIssue: (healthIssue) =>
    healthIssue.overAt === undefined ? open(healthIssue) : resolved(healthIssue),
  over: (healthIssue) => {
    const text = `✅ Resolved after ${lasted(healthIssue)}: ${healthIssueTitle(healthIssue)}`;
    return message(text, [section(`${text}.`)]);
  },
  dailyStatus,
});

/** The maximum names that are listed. */
const NAMES = 10;

/** Slack accepts 3,000 characters in a section. A quoted response needs far less. */
const LONGEST = 600;

/** What is wrong in a few words, fit for Slack. */
export const healthIssueTitle = (healthIssue: Pick<HealthIssue, "kind" | "what">): string =>
  titleOf(healthIssue, (name) => safeName(name, 80));

function open(healthIssue: HealthIssue): Message {
  const { kind, since, detail, advice, id } = healthIssue;
  const title = healthIssueTitle(healthIssue);
  return message(`👁️ ${title} since ${plainWhen(since, "hour")}: ${plain(detail, 200)}`, [
    section(`👁️ *${title}* since ${localTime(since)}`),
    section(`${capital(plain(detail))}.\n${plain(advice)}`),
    ...namesOf(healthIssue),
    footer([healthCheck(kind).consequence, `Health issue ${safeName(id, 120)}`]),
  ]);
}

function resolved(healthIssue: HealthIssue): Message {
  const title = healthIssueTitle(healthIssue);
  const { since, detail, id } = healthIssue;
  return message(`✅ Resolved: ${title}, for ${lasted(healthIssue)} from ${plainWhen(since, "hour")}`, [
    section(`✅ *Resolved: ${title}*, for ${lasted(healthIssue)} from ${localTime(since)}`),
    section(`Cause: ${plain(detail)}.`),
    footer([`Health issue ${safeName(id, 120)}`]),
  ]);
}

/** The affected names, where the headline cannot list them all. */
function namesOf({ what }: HealthIssue): KnownBlock[] {
  if (what.length < 2) return [];
  const names = what.slice(0, NAMES).map((name) => safeName(name, 80));
  const more = what.length > NAMES ? ` and ${count(what.length - NAMES)} more` : "";
  return [section(`Affected: ${names.join(", ")}${more}.`)];
}

/** The duration, to the minute if it was short. */
function lasted({ since, overAt = since }: HealthIssue): string {
  const span = Math.max(0, overAt - since);
  if (span < 90 * MINUTE) return counted(Math.max(1, Math.round(span / MINUTE)), "minute");
  return span < 48 * HOUR
    ? counted(Math.round(span / HOUR), "hour")
    : counted(Math.round(span / (24 * HOUR)), "day");
}

function dailyStatus({ day, hours, days, watches, muted, incidents, openIssues }: DailyStatus): Message {
  const accounts = [
    ...(hours.due > 0 ? [`${evaluated(hours)} hours`] : []),
    ...(days.due > 0 ? [`${evaluated(days)} days`] : []),
  ];
  const notEvaluated = hours.notEvaluated + days.notEvaluated;
  const gaps = hours.gaps + days.gaps;
  const facts = [
    `${accounts.join(" and ")} evaluated`,
    ...(notEvaluated > 0 ? [`${count(notEvaluated)} could not be evaluated`] : []),
    counted(gaps, "gap"),
    `${count(muted)} muted`,
    counted(incidents, "incident"),
    ...(openIssues > 0 ? [`${counted(openIssues, "open health issue")}`] : []),
  ].join(", ");
  const isWell = notEvaluated + gaps + openIssues === 0;
  const text = `${isWell ? "🌊" : "👁️"} ${plainWhen(Date.parse(day.date), "day")}: ${facts}`;
  return message(text, [section(`${text}.`), footer([`Daily status report: ${counted(watches, "watch")}`])]);
}

// Without the joiners of `safeName` between letters, because people copy setting names and error codes from here.
const plain = (text: string, max = LONGEST): string =>
  escaped(
    (text.length > max ? `${text.slice(0, max - 1)}…` : text)
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}]+/gu, " "),
  );

const evaluated = ({ evaluated, due }: Account): string => `${count(evaluated)} of ${count(due)}`;

const message = (text: string, blocks: readonly KnownBlock[]): Message => ({
  text,
  blocks: blocks.map((block) => ({ ...block })),
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
