import { DAY } from "../time/time.ts";

/** For how many days journal, audit log and change log are kept. Labels count as long. */
export const KEPT_DAYS = 90;

/** The same in milliseconds. */
export const KEPT = KEPT_DAYS * DAY;

/** How many characters the name of an app or an event may have; messages show it. */
export const LONGEST_NAME = 80;

/** How many characters a linked address may have, such as a runbook. */
export const LONGEST_ADDRESS = 1_000;

/** The most false alarms a month that a watch may be set to. */
export const MOST_FALSE_ALARMS = 100;

/** Whether a message can link to it: https, and short enough. */
export const isAddress = (text: string): boolean =>
  text.length <= LONGEST_ADDRESS && /^https:\/\/\S+$/.test(text) && URL.parse(text) !== null;
