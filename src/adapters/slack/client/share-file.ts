import { TransientError } from "../../../errors.ts";
import type { ShareFile } from "../../../pipeline/ports/slack.ts";
import { MINUTE } from "../../../time/time.ts";
import { type ClientOptions, slackClient } from "./client.ts";
import { type Uploaded, uploadFile } from "./upload-file.ts";

const FILE: Uploaded = { name: "the file", advice: "Nothing was posted. Try it again in a minute." };

/** Shares a text as a file in a channel. */
export function slackFiles(options: ClientOptions): ShareFile {
  const client = slackClient(options);
  return async (channel, filename, content) => {
    const file = { filename, title: filename, bytes: Buffer.from(content), channel };
    try {
      await uploadFile(client, file, {
        apiUrl: options.apiUrl,
        signal: AbortSignal.timeout(MINUTE),
        what: FILE,
      });
    } catch (error) {
      throw error instanceof TransientError && error.failure === "slack-unsure" ? unsure(error) : error;
    }
  };
}

/** Nobody looks for a file before it is shared again, except the person who asked for it. */
const unsure = (cause: TransientError) =>
  new TransientError(cause.message, {
    failure: "slack-unsure",
    advice: "Look in the channel. If the file is not there, try it again.",
    cause,
  });
