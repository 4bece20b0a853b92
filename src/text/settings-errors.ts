import { LONGEST_ADDRESS, MOST_FALSE_ALARMS } from "../settings/limits.ts";

/** What is wrong with a setting of a watch, and what to type: for forms, commands and the command line. */
export const settingErrors = {
  falseAlarms: (typed: string) =>
    `false alarms per month must be more than 0 and at most ${MOST_FALSE_ALARMS}. You typed ${typed}`,
  minChange: (typed: string) => `minimum change must be 0% to 100%. You typed ${typed}`,
  minCount: (typed: string) => `minimum change must be 0 or more. You typed ${typed}`,
  criticalFrom: (typed: string) => `critical from must be 0 or more. You typed ${typed}`,
  runbook: (typed: string) =>
    `runbook must be an address that starts with https:// and has at most ${LONGEST_ADDRESS} characters. You typed "${typed.slice(0, 100)}"`,
} as const;

/** The same as a sentence of its own, as a form shows it below a field. */
export const sentence = (error: string): string => `${error.charAt(0).toUpperCase()}${error.slice(1)}.`;
