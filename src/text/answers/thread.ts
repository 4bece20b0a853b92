import { alertButtons } from "../alert-buttons.ts";
import { code, joined, strong, text } from "../text.ts";
import { type Answer, paragraph, rowsOf } from "./answer.ts";

/** What a reply in the thread of an alert can be, each with an example. */
const REPLIES = [
  [code("mute 2h"), "post nothing about this until then"],
  [code("unmute"), "end that"],
  [code("ack"), "you take care of it; reminders stop"],
  [code("false alarm"), "label it; so do real, expected and new normal"],
  [code("why"), "the numbers behind it"],
] as const;

/** How to answer an alert in its thread. */
export const threadHelpAnswer = (): Answer => ({
  headline: text`What you can reply to an alert`,
  parts: [
    paragraph(
      joined(
        [
          [strong("What you can reply to this alert")],
          ...REPLIES.map(([typed, what]) => text`• ${typed}: ${what}`),
          text`• Anything else is kept as a note: it is shown in the alert's details and in the weekly review. Edit or delete your reply to change the note.`,
        ],
        "\n",
      ),
    ),
  ],
});

/** That a reply is kept as a note. */
export const noteAnswer = (): Answer => ({
  headline: text`📝 Kept as a note`,
  parts: [
    paragraph(
      text`📝 Kept as a note with this alert, as your next replies here are. It is shown in the alert's details and in the weekly review. ${code("help")} lists what else you can reply.`,
    ),
  ],
});

/** The menu of labels for an incident. */
export const labelOffer = (incidentId: string): Answer => {
  const headline = "Label this alert";
  return rowsOf(
    [headline],
    [strong(headline)],
    [
      {
        text: text`What was it? Labels adjust the threshold and what is learned (${code(incidentId)}).`,
        button: { label: alertButtons.label, action: { do: "label", incidentId } },
      },
    ],
  );
};
