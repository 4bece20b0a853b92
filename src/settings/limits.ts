import { DAY } from "../time/time.ts";

/** For how many days everything is kept that can be looked up: the journal, the audit, the changes. Labels count as long. */
export const KEPT_DAYS = 90;

/** The same in milliseconds. */
export const KEPT = KEPT_DAYS * DAY;

/** How many characters the name of an app or an event may have; it stands in messages. */
export const LONGEST_NAME = 80;

/** How many characters an address may have that messages link to, such as a runbook. */
export const LONGEST_ADDRESS = 1_000;

/** Whether a message can link to it: https, and not so long that it fills the message. */
export const isAddress = (text: string): boolean =>
  text.length <= LONGEST_ADDRESS && /^https:\/\/\S+$/.test(text) && URL.canParse(text);
