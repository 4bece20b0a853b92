import type { Label } from "../../core/label.ts";

interface Words {
  readonly name: string;
  /** What it says of the incident. */
  readonly says: string;
  /** What follows from it. */
  readonly changes: string;
}

/** What each label is called, and what it changes. */
export const labelWords: Readonly<Record<Label, Words>> = {
  real: {
    name: "Real",
    says: "Something broke",
    changes: "Its hours leave the baseline: a day like that is not expected again.",
  },
  expected: {
    name: "Expected",
    says: "A campaign, a holiday, a release",
    changes: "Its hours leave the baseline, so that what was planned does not become the rule.",
  },
  "false-alarm": {
    name: "False alarm",
    says: "Nothing was wrong",
    changes: "Its hours stay in the baseline; after several of them the watch speaks less readily.",
  },
  "new-normal": {
    name: "New normal",
    says: "The level has changed for good",
    changes: "The baseline moves to the new level at once, and this is over.",
  },
};

export const labels = Object.keys(labelWords) as Label[];
