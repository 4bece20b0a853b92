import { channelOf } from "./setting-values.ts";
import { nothingMore, type Syntax } from "./syntax.ts";

/** A channel, or nothing for the channel in which it is typed. */
export const channelAlone: Syntax<{ readonly channel?: string }> = {
  read([word, ...more]) {
    nothingMore(more);
    return word ? { channel: channelOf(word.text) } : {};
  },
  print: ({ channel }) => (channel === undefined ? [] : [channel]),
};
