import type { KnownBlock } from "@slack/types";
import type { Account, ProofOfLife } from "../../../health/daily-status.ts";
import type { Blindness } from "../../../health/health-issue.ts";
import type { Message } from "../../../pipeline/ports/messages.ts";
import type { OpsRenderer } from "../../../pipeline/ports/ops.ts";
import { HOUR, MINUTE } from "../../../time/time.ts";
import { footer, section } from "../blocks/blocks.ts";
import { safeName } from "../blocks/names.ts";
import { count, counted } from "../blocks/numbers.ts";
import { localTime, plainWhen } from "../blocks/when.ts";
import { consequences, headlines } from "./health-words.ts";

/** Turns what the people who run Tidewatch should know into calm messages. */
export const opsRenderer = (): OpsRenderer => ({
  blindness: (blindness) => (blindness.overAt === undefined ? standing(blindness) : past(blindness)),
  over: (blindness) => {
    const text = `✅ Over after ${lasted(blindness)}: ${titleOf(blindness)}`;
    return message(text, [section(`${text}.`)]);
  },
  proof,
});

/** How many names are written out. */
const NAMES = 10;

/** Slack takes 3,000 characters in a section; what somebody answered is worth far less. */
const LONGEST = 600;

function standing(blindness: Blindness): Message {
  const { kind, since, detail, advice, id } = blindness;
  const title = titleOf(blindness);
  return message(`👁️ ${title} since ${plainWhen(since, "hour")}: ${plain(detail, 200)}`, [
    section(`👁️ *${title}* since ${localTime(since)}`),
    section(`${capital(plain(detail))}.\n${plain(advice)}`),
    ...namesOf(blindness),
    footer([consequences[kind], `Blindness ${safeName(id, 120)}`]),
  ]);
}

function past(blindness: Blindness): Message {
  const title = titleOf(blindness);
  const { since, detail, id } = blindness;
  return message(`✅ Over: ${title}, for ${lasted(blindness)} from ${plainWhen(since, "hour")}`, [
    section(`✅ *Over: ${title}*, for ${lasted(blindness)} from ${localTime(since)}`),
    section(`It was: ${plain(detail)}.`),
    footer([`Blindness ${safeName(id, 120)}`]),
  ]);
}

const titleOf = ({ kind, what }: Blindness): string => {
  const [first = ""] = what;
  return headlines[kind](safeName(first, 80), what.length);
};

/** Whom it concerns, where the headline cannot name them all. */
function namesOf({ what }: Blindness): KnownBlock[] {
  if (what.length < 2) return [];
  const names = what.slice(0, NAMES).map((name) => safeName(name, 80));
  const more = what.length > NAMES ? ` and ${count(what.length - NAMES)} more` : "";
  return [section(`Concerned: ${names.join(", ")}${more}.`)];
}

/** How long it lasted, to the minute while it was short. */
function lasted({ since, overAt = since }: Blindness): string {
  const span = Math.max(0, overAt - since);
  if (span < 90 * MINUTE) return counted(Math.max(1, Math.round(span / MINUTE)), "minute");
  return span < 48 * HOUR
    ? counted(Math.round(span / HOUR), "hour")
    : counted(Math.round(span / (24 * HOUR)), "day");
}

function proof({ day, hours, days, watches, muted, incidents, blind }: ProofOfLife): Message {
  const accounts = [
    ...(hours.due > 0 ? [`${judged(hours)} hours`] : []),
    ...(days.due > 0 ? [`${judged(days)} days`] : []),
  ];
  const unjudged = hours.unjudged + days.unjudged;
  const gaps = hours.gaps + days.gaps;
  const facts = [
    `${accounts.join(" and ")} judged`,
    ...(unjudged > 0 ? [`${count(unjudged)} could not be judged`] : []),
    counted(gaps, "gap"),
    `${count(muted)} muted`,
    counted(incidents, "incident"),
    ...(blind > 0 ? [`blind in ${counted(blind, "respect")} now`] : []),
  ].join(", ");
  const isWell = unjudged + gaps + blind === 0;
  const text = `${isWell ? "🌊" : "👁️"} ${plainWhen(Date.parse(day.date), "day")}: ${facts}`;
  return message(text, [section(`${text}.`), footer([`Proof of life: ${counted(watches, "watch")}`])]);
}

// Without the marks that `safeName` puts between letters: people copy names of settings and error codes from here.
const plain = (text: string, max = LONGEST): string =>
  (text.length > max ? `${text.slice(0, max - 1)}…` : text)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

const judged = ({ judged, due }: Account): string => `${count(judged)} of ${count(due)}`;

const message = (text: string, blocks: readonly KnownBlock[]): Message => ({
  text,
  blocks: blocks.map((block) => ({ ...block })),
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
