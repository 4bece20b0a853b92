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
    changes: "Its hours are not learned from.",
  },
  expected: {
    name: "Expected",
    says: "A campaign, a holiday, a release",
    changes: "Its hours are not learned from, and while it goes on only its end is said.",
  },
  "false-alarm": {
    name: "False alarm",
    says: "Nothing was wrong",
    changes:
      "Its hours are learned from like any others; a second one among five labels raises the threshold of the watch.",
  },
  "new-normal": {
    name: "New normal",
    says: "The level has changed for good",
    changes: "Its level is what is expected from now on, and the incident is over.",
  },
};

export const labels = Object.keys(labelWords) as Label[];
