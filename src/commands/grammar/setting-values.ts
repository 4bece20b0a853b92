import { InputError } from "../../errors.ts";
import type { QuietHours } from "../../notifications/quiet-hours.ts";
import { isAddress, LONGEST_ADDRESS } from "../../settings/limits.ts";
import type { Sensitivity } from "../../settings/watch.ts";
import { readQuietSpan, readWeekdays } from "../../text/quiet-hours.ts";
import { shortened } from "./shortened.ts";

/** What a watch alerts on. */
export const DIRECTIONS = ["drop", "spike", "both"] as const;

/** The word that removes a setting. */
export const NONE = "none";

/** Whether a value removes its setting. */
/** What stands for a number that follows from the size of the series. */
export const AUTO = "auto";

export const isAuto = (value: string): boolean => value.toLowerCase() === AUTO;

export const isNone = (value: string): boolean => value.toLowerCase() === NONE;

/** A Slack channel's id. */
export const CHANNEL = /^[CGD][A-Z0-9]{6,}$/;

/** The id of a Slack user or user group. */
export const OWNER = /^[UWS][A-Z0-9]{6,}$/;

/** Reads a channel that Slack turned into a link. Throws InputError otherwise. */
export function channelOf(value: string): string {
  if (CHANNEL.test(value)) return value;
  throw new InputError(`"${shortened(value)}" is not a channel. Type # and choose it from Slack's list`);
}

/** Reads one of these words, in any case. Throws InputError for another. */
export function oneOf<Known extends string>(key: string, word: string, words: readonly Known[]): Known {
  const found = words.find((allowed) => allowed === word.toLowerCase());
  if (!found)
    throw new InputError(`${key} must be one of ${words.join(", ")}. You typed "${shortened(word)}"`);
  return found;
}

/** Reads a sensitivity. Throws InputError for anything else. */
export function sensitivityOf(text: string): Sensitivity {
  const [, perMonth] = /^(\d{1,4}(?:\.\d{1,3})?)\/month$/i.exec(text) ?? [];
  if (perMonth && Number(perMonth) > 0) return { alertsPerMonth: Number(perMonth) };
  const word = (["low", "normal", "high"] as const).find((known) => known === text.toLowerCase());
  if (word) return word;
  throw new InputError(
    `sensitivity must be low, normal, high or a number of false alarms such as 2/month. You typed "${shortened(text)}"`,
  );
}

/** Reads a percentage as a share: `10%` is 0.1. Throws InputError for anything else. */
export function shareOf(text: string): number {
  const [, percent] = /^(\d{1,3})\s?%$/.exec(text) ?? [];
  if (percent === undefined)
    throw new InputError(`min-change must be a percentage such as 10%. You typed "${shortened(text)}"`);
  return Number(percent) / 100;
}

/** Reads a whole number. Throws InputError for anything else. */
export function countOf(setting: string, text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InputError(
      `${setting} must be a whole number such as 50, or auto. You typed "${shortened(text)}"`,
    );
  return Number(text);
}

/** Reads a Slack user or user group by its id. Throws InputError for anything else. */
export function ownerOf(value: string): string {
  if (OWNER.test(value)) return value;
  throw new InputError(
    `owner "${shortened(value)}" is unknown. Type @ and choose a person or group from Slack's list`,
  );
}

/** Reads an https address. Throws InputError for anything else. */
export function runbookOf(value: string): string {
  if (isAddress(value)) return value;
  throw new InputError(
    `runbook must be an address that starts with https:// and has at most ${LONGEST_ADDRESS} characters. You typed "${shortened(value)}"`,
  );
}

/** Reads a range of hours and the days on which it begins. Throws InputError for anything else. */
export function quietHoursOf(hours: string, days: string | undefined): Omit<QuietHours, "critical"> {
  const span = readQuietSpan(hours.replace(/[–—]/g, "-"));
  if (!span)
    throw new InputError(
      `quiet must be a range of hours such as 22-7 or 22:00-07:30. You typed "${shortened(hours)}"`,
    );
  const weekdays = days === undefined ? undefined : readWeekdays(days.toLowerCase().replace(/[–—]/g, "-"));
  if (days !== undefined && !weekdays)
    throw new InputError(
      `quiet-days must be a list of days such as mon-fri or sat,sun. You typed "${shortened(days)}"`,
    );
  return { ...span, ...(weekdays && { days: weekdays }) };
}
