import { permalink, postMessage, updateMessage } from "./chat.ts";
import { channelInfo, history, replies } from "./conversations.ts";
import { Refusal, refusalSaying } from "./refusal.ts";
import { completeUpload, fileInfo, uploadUrl } from "./uploads.ts";
import { bot, team } from "./wire.ts";
import type { Workspace } from "./workspace.ts";

/** One call of a method by the bot. */
export interface Call {
  readonly args: Readonly<Record<string, unknown>>;
  readonly workspace: Workspace;
  readonly scopes: ReadonlySet<string>;
  /** Where the simulator can be reached. */
  readonly url: string;
}

interface Method {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Any of these will do; none are needed where there are none. */
  readonly scopes: readonly string[];
  readonly answer: (call: Call) => Record<string, unknown>;
}

const words = (line: string) => line.split(" ").filter((word) => word !== "");
const HISTORY = words("channels:history groups:history im:history mpim:history");
const READ = words("channels:read groups:read im:read mpim:read");

/** What is simulated of Slack's Web API, with the arguments that its method reference knows. */
export const methods: Readonly<Record<string, Method>> = {
  "auth.test": {
    required: [],
    optional: [],
    scopes: [],
    answer: ({ url }) => ({
      url,
      team: team.name,
      team_id: team.id,
      user: "tidewatch",
      user_id: bot.userId,
      bot_id: bot.id,
    }),
  },
  "chat.postMessage": {
    required: ["channel"],
    optional: words(
      "as_user attachments blocks current_draft_last_updated_ts icon_emoji icon_url link_names markdown_text metadata " +
        "mrkdwn parse reply_broadcast text thread_ts unfurl_links unfurl_media username",
    ),
    scopes: ["chat:write"],
    answer: postMessage,
  },
  "chat.update": {
    required: ["ts", "channel"],
    optional: words(
      "as_user attachments unfurled_attachments blocks markdown_text metadata link_names parse text reply_broadcast file_ids",
    ),
    scopes: ["chat:write"],
    answer: updateMessage,
  },
  "chat.getPermalink": { required: ["channel", "message_ts"], optional: [], scopes: [], answer: permalink },
  "conversations.info": {
    required: ["channel"],
    optional: words("include_locale include_num_members"),
    scopes: READ,
    answer: channelInfo,
  },
  "conversations.history": {
    required: ["channel"],
    optional: words("cursor include_all_metadata inclusive latest limit oldest"),
    scopes: HISTORY,
    answer: history,
  },
  "conversations.replies": {
    required: ["channel", "ts"],
    optional: words("cursor include_all_metadata inclusive latest limit oldest"),
    scopes: HISTORY,
    answer: replies,
  },
  "files.getUploadURLExternal": {
    required: ["length", "filename"],
    optional: words("snippet_type alt_txt"),
    scopes: ["files:write"],
    answer: uploadUrl,
  },
  "files.completeUploadExternal": {
    required: ["files"],
    optional: words("channel_id thread_ts channels initial_comment blocks username icon_url icon_emoji"),
    scopes: ["files:write"],
    answer: completeUpload,
  },
  "files.info": {
    required: ["file"],
    optional: words("count cursor limit page"),
    scopes: ["files:read"],
    answer: fileInfo,
  },
};

/** Answers a call as Slack does, but strictly: an argument that the method does not know is refused. */
export function answerTo(name: string, call: Call): Record<string, unknown> {
  const method = methods[name];
  if (!method) throw new Refusal("unknown_method", { req_method: name });
  if (method.scopes.length > 0 && !method.scopes.some((scope) => call.scopes.has(scope))) {
    throw new Refusal("missing_scope", {
      needed: method.scopes.join(","),
      provided: [...call.scopes].join(","),
    });
  }
  const known = new Set([...method.required, ...method.optional, "token"]);
  const problems = [
    ...Object.keys(call.args)
      .filter((argument) => !known.has(argument))
      .map((argument) => `unknown argument: ${argument}`),
    ...method.required
      .filter((argument) => call.args[argument] === undefined || call.args[argument] === "")
      .map((argument) => `missing required field: ${argument}`),
  ];
  if (problems.length > 0) throw refusalSaying("invalid_arguments", ...problems);
  return method.answer(call);
}
