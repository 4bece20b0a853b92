import type { Answer } from "./answers/answer.ts";
import { paragraph } from "./answers/answer.ts";
import { channel, joined, strong, type Text, text } from "./text.ts";

/** What marks a test alert, in its first words. */
export const sampleMark: Text = text`🧪 Test alert, nothing happened`;

/** What the people of the channel read below it. */
export const sampleNote: Text = text`This is how an alert looks. Its numbers are invented.`;

/** One step of a test: what was tried, and why it failed. */
export interface TestStep {
  readonly what: Text;
  readonly failed?: string;
}

/** The steps of a test in Slack. */
export const testSteps = {
  drawn: text`chart drawn and uploaded`,
  posted: (id: string): Text => text`posted in ${channel(id)}`,
  edited: text`edited in place, as a resolved alert is`,
  sent: (destination: string): Text => text`sent to ${destination}`,
} as const;

/** What worked and what did not. */
export function testAnswer(steps: readonly TestStep[], hasRoutes: boolean): Answer {
  const works = steps.every(({ failed }) => failed === undefined);
  const headline = works ? text`✅ The test alert worked` : text`⚠️ The test alert did not work everywhere`;
  const lines = steps.map(({ what, failed }) =>
    failed === undefined ? text`✅ ${what}` : text`❌ not ${what}: ${failed}`,
  );
  return {
    headline,
    parts: [
      paragraph(
        joined(
          [
            [strong(headline)],
            ...lines,
            ...(hasRoutes ? [] : [text`No route sends the alerts of this channel elsewhere.`]),
          ],
          "\n",
        ),
      ),
    ],
  };
}
