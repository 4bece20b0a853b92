import type { ShareFile } from "../../../pipeline/ports/slack.ts";
import { type ClientOptions, slackClient } from "./client.ts";
import { slackError } from "./errors.ts";

/** Shares a text as a file in a channel. */
export function slackFiles(options: ClientOptions): ShareFile {
  const client = slackClient(options);
  return async (channel, filename, content) => {
    try {
      await client.filesUploadV2({ channel_id: channel, filename, content });
    } catch (error) {
      throw slackError(error, { method: "files.completeUploadExternal", channel });
    }
  };
}
