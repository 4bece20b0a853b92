import { channel, type Text, text } from "./text.ts";

/** Why nothing can be posted in a channel that a person names, and what to do. */
export const channelIssueText = (id: string, advice: string): Text =>
  text`Tidewatch cannot post in ${channel(id)} yet. ${advice}`;
