import { deleteMessage, permalink, postEphemeral, postMessage, updateMessage } from "./chat.ts";
import { channelInfo, channelList, channelMembers, history, openDm, replies } from "./conversations.ts";
import { type Call, type Method, words } from "./method.ts";
import { peopleMethods } from "./people-methods.ts";
import { Refusal, refusalWith } from "./refusal.ts";
import { completeUpload, deleteFile, fileInfo, uploadUrl } from "./uploads.ts";
import { openView, publishView, pushView, updateView } from "./views/methods.ts";
import { bot, team } from "./wire.ts";

const HISTORY = words("channels:history groups:history im:history mpim:history");
const READ = words("channels:read groups:read im:read mpim:read");

/** What is simulated of Slack's Web API, with the arguments that its method reference knows. */
export const methods: Readonly<Record<string, Method>> = {
  "auth.test": {
    required: [],
    optional: [],
    scopes: [],
    tier: "special",
    answer: ({ url }) => ({
      url,
      team: team.name,
      team_id: team.id,
      user: "tidewatch",
      user_id: bot.userId,
      bot_id: bot.id,
      is_enterprise_install: false,
    }),
  },
  "apps.connections.open": {
    required: [],
    optional: [],
    scopes: [],
    tier: "t3",
    token: "app",
    answer: ({ connect }) => ({ url: connect() }),
  },
  "chat.postMessage": {
    required: ["channel"],
    optional: words(
      "as_user attachments blocks current_draft_last_updated_ts icon_emoji icon_url link_names markdown_text metadata " +
        "mrkdwn parse reply_broadcast text thread_ts unfurl_links unfurl_media username",
    ),
    scopes: ["chat:write"],
    tier: "special",
    answer: postMessage,
  },
  "chat.postEphemeral": {
    required: ["channel", "user"],
    optional: words(
      "as_user attachments blocks icon_emoji icon_url link_names markdown_text metadata parse text thread_ts username",
    ),
    scopes: ["chat:write"],
    tier: "t4",
    answer: postEphemeral,
  },
  "chat.update": {
    required: ["ts", "channel"],
    optional: words(
      "as_user attachments unfurled_attachments blocks markdown_text metadata link_names parse text reply_broadcast file_ids",
    ),
    scopes: ["chat:write"],
    tier: "t3",
    answer: updateMessage,
  },
  "chat.delete": {
    required: ["ts", "channel"],
    optional: ["as_user"],
    scopes: ["chat:write"],
    tier: "t3",
    answer: deleteMessage,
  },
  "chat.getPermalink": {
    required: ["channel", "message_ts"],
    optional: [],
    scopes: [],
    tier: "special",
    answer: permalink,
  },
  "conversations.info": {
    required: ["channel"],
    optional: words("include_locale include_num_members"),
    scopes: READ,
    tier: "t3",
    answer: channelInfo,
  },
  "conversations.list": {
    required: [],
    optional: words("cursor exclude_archived limit team_id types"),
    scopes: READ,
    tier: "t2",
    answer: channelList,
  },
  "conversations.members": {
    required: ["channel"],
    optional: words("cursor limit"),
    scopes: READ,
    tier: "t4",
    answer: channelMembers,
  },
  "conversations.open": {
    required: [],
    optional: words("channel return_im users prevent_creation"),
    scopes: words("channels:manage groups:write im:write mpim:write"),
    tier: "t3",
    answer: openDm,
  },
  "conversations.history": {
    required: ["channel"],
    optional: words("cursor include_all_metadata inclusive latest limit oldest"),
    scopes: HISTORY,
    tier: "t3",
    answer: history,
  },
  "conversations.replies": {
    required: ["channel", "ts"],
    optional: words("cursor include_all_metadata inclusive latest limit oldest"),
    scopes: HISTORY,
    tier: "t3",
    answer: replies,
  },
  "files.getUploadURLExternal": {
    required: ["length", "filename"],
    optional: words("snippet_type alt_txt"),
    scopes: ["files:write"],
    tier: "t4",
    answer: uploadUrl,
  },
  "files.completeUploadExternal": {
    required: ["files"],
    optional: words("channel_id thread_ts channels initial_comment blocks username icon_url icon_emoji"),
    scopes: ["files:write"],
    tier: "t4",
    answer: completeUpload,
  },
  "files.info": {
    required: ["file"],
    optional: words("count cursor limit page"),
    scopes: ["files:read"],
    tier: "t4",
    answer: fileInfo,
  },
  "files.delete": {
    required: ["file"],
    optional: [],
    scopes: ["files:write"],
    tier: "t3",
    answer: deleteFile,
  },
  "views.open": {
    required: ["view"],
    optional: words("trigger_id interactivity_pointer"),
    scopes: [],
    tier: "t4",
    answer: openView,
  },
  "views.push": {
    required: ["view"],
    optional: words("trigger_id interactivity_pointer"),
    scopes: [],
    tier: "t4",
    answer: pushView,
  },
  "views.update": {
    required: ["view"],
    optional: words("view_id external_id hash"),
    scopes: [],
    tier: "t4",
    answer: updateView,
  },
  "views.publish": {
    required: ["user_id", "view"],
    optional: words("hash interactivity_pointer"),
    scopes: [],
    tier: "t4",
    answer: publishView,
  },
  ...peopleMethods,
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
  // Bolt's clients name the workspace in every call, which Slack lets pass.
  const known = new Set([...method.required, ...method.optional, "token", "team_id"]);
  const problems = [
    ...Object.keys(call.args)
      .filter((argument) => !known.has(argument))
      .map((argument) => `unknown argument: ${argument}`),
    ...method.required
      .filter((argument) => call.args[argument] === undefined || call.args[argument] === "")
      .map((argument) => `missing required field: ${argument}`),
  ];
  if (problems.length > 0) throw refusalWith("invalid_arguments", ...problems);
  return method.answer(call);
}
