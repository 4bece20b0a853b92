import type { Label } from "../../../incidents/label.ts";

interface Words {
  readonly name: string;
  /** What the label states about the incident. */
  readonly says: string;
}

/** The name of each label. */
export const labelWords: Readonly<Record<Label, Words>> = {
  real: {
    name: "Real",
    says: "Something broke",
  },
  expected: {
    name: "Expected",
    says: "A campaign, a holiday, a release",
  },
  "false-alarm": {
    name: "False alarm",
    says: "Nothing was wrong",
  },
  "new-normal": {
    name: "New normal",
    says: "The level has changed for good",
  },
};

export const labels = Object.keys(labelWords) as Label[];
