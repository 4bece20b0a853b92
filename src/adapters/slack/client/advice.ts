const destinations: Record<string, string> = {
  channel_not_found:
    "Check the channel's id in the watch; if the channel is private, invite the bot with /invite @Tidewatch.",
  not_in_channel: "Invite the bot to the channel with /invite @Tidewatch.",
  is_archived: "The channel is archived: unarchive it, or give the watch another channel.",
  is_inactive: "The channel is archived, frozen or deleted: unarchive it, or give the watch another channel.",
  messages_tab_disabled:
    "Switch on the messages tab in the Slack app's settings, or give the watch a channel.",
  team_not_found: "Give the watch the channel's id (C…), not its name.",
};

/** What to do about a channel in which the bot cannot post. */
export const destinationAdvice = (code: string): string =>
  destinations[code] ??
  "The channel does not let the bot write: ask its owner or a workspace admin, or give the watch another channel.";

const workspaces: Record<string, string> = {
  not_authed: "Set SLACK_BOT_TOKEN to the bot token of the Slack app (xoxb-…).",
  invalid_auth:
    "Copy the bot token (xoxb-…) from the Slack app's page OAuth & Permissions into SLACK_BOT_TOKEN.",
  not_allowed_token_type: "SLACK_BOT_TOKEN must be a bot token (xoxb-…), not a user or app token.",
  token_expired: "Issue a new bot token on the Slack app's page OAuth & Permissions and set SLACK_BOT_TOKEN.",
  app_access_restricted: "Ask a workspace admin to approve the Slack app.",
  org_login_required:
    "Slack is moving the workspace to an organisation: wait until it is done, then start again.",
  team_added_to_org:
    "Slack is moving the workspace to an organisation: wait until it is done, then start again.",
  team_access_not_granted: "Ask an organisation admin to grant the Slack app access to this workspace.",
};

/** What to do about a workspace in which the bot cannot post; `needed` is the scope that Slack asks for. */
export function workspaceAdvice(code: string, needed?: string): string {
  if (code === "missing_scope") {
    return `Add the scope ${needed ?? "chat:write"} to the Slack app and install it into the workspace again.`;
  }
  return (
    workspaces[code] ??
    "Install the Slack app into the workspace again and set SLACK_BOT_TOKEN to its new bot token."
  );
}

/** What to do when Slack refuses a socket connection. */
export const appTokenAdvice = (code: string): string =>
  code === "missing_scope"
    ? "Give the app-level token the scope connections:write: generate another under Basic Information, and set SLACK_APP_TOKEN to it."
    : "Switch on Socket Mode in the Slack app, copy the app-level token (xapp-…, with connections:write) from its page Basic Information into SLACK_APP_TOKEN, and start again.";

const uploads: Record<string, string> = {
  file_uploads_disabled: "The Slack workspace does not allow uploads",
  file_uploads_except_images_disabled: "The Slack workspace allows no uploads but images",
  file_upload_size_restricted: "The Slack workspace allows only smaller files",
  storage_limit_reached: "The Slack workspace has no storage left for files",
};

/** What to do about a workspace that accepts no files, or not this one. */
export const uploadAdvice = (code: string): string =>
  `${uploads[code] ?? "The Slack workspace does not allow this kind of file"}: ask a workspace admin to allow it. Alerts are still posted, with a chart that Slack draws, or with text.`;

/** What to do about a request that Slack calls invalid. */
export const rejectedAdvice = "This is a bug of Tidewatch: please report it with this line.";
