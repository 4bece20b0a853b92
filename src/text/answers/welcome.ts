import { code, strong, text } from "../text.ts";
import { type Answer, buttons, paragraph, runButton } from "./answer.ts";

/** What Tidewatch does, and what to do first: to whoever invites it, mentions it or writes to it. */
export const welcomeAnswer = (): Answer => ({
  headline: text`👋 Tidewatch is here. Add a watch, or send a test alert`,
  parts: [
    paragraph(
      text`${strong("👋 Tidewatch is here.")} It alerts in a channel when what Braze counts drops or spikes unexpectedly: one message per incident, with a chart and the likely scope.`,
    ),
    paragraph(
      text`Add a watch to see, before you save it, when it would have alerted in the last 8 weeks. A test alert shows that alerts arrive. ${code("/tidewatch")} shows the status at any time. In the thread of an alert you can reply ${code("mute 2h")}, ${code("false alarm")}, ${code("why")} or a note.`,
    ),
    buttons(
      runButton("Add a watch", "watch"),
      runButton("Send a test alert", "test"),
      runButton("Status", "status"),
      runButton("Help", "help"),
    ),
  ],
});
