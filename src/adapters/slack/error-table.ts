/**
 * What follows from an error code of Slack's: the channel cannot be used (`destination`), nothing can be said in the
 * workspace (`workspace`), it passes (`wait`), it may have happened all the same (`unsure`), the message cannot be
 * edited any more (`gone`), or the request was wrong, which is our bug (`rejected`).
 */
export type Consequence = "destination" | "workspace" | "wait" | "unsure" | "gone" | "rejected";

const codes: Record<Consequence, readonly string[]> = {
  destination: [
    "channel_not_found",
    "is_archived",
    // What chat.update says of an archived channel.
    "is_inactive",
    "not_in_channel",
    "restricted_action",
    "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel",
    "restricted_action_thread_locked",
    "restricted_action_thread_only_channel",
    "messages_tab_disabled",
    "ekm_access_denied",
    "channel_is_limited_access",
    "method_not_supported_for_channel_type",
    "posting_to_channel_denied",
    // An organisation's token takes ids of channels, never names.
    "team_not_found",
  ],
  workspace: [
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "missing_scope",
    "no_permission",
    "org_login_required",
    "team_added_to_org",
    "team_access_not_granted",
    "enterprise_is_restricted",
    "app_access_restricted",
    "access_denied",
    "accesslimited",
    "not_allowed_token_type",
    "two_factor_setup_required",
  ],
  wait: [
    "ratelimited",
    "rate_limited",
    "message_limit_exceeded",
    "external_channel_migrating",
    "streaming_state_conflict",
  ],
  unsure: [
    "fatal_error",
    "internal_error",
    "service_unavailable",
    "request_timeout",
    "update_failed",
    "list_record_comment_fetch_failed",
  ],
  gone: ["message_not_found", "cant_update_message", "edit_window_closed"],
  rejected: [
    "as_user_not_supported",
    "attachment_payload_limit_exceeded",
    "block_mismatch",
    "blocked_file_type",
    "cannot_reply_to_message",
    "cant_broadcast_message",
    "draft_already_deleted",
    "draft_already_sent",
    "draft_has_conflict",
    "draft_not_found",
    "duplicate_channel_not_found",
    "duplicate_message_not_found",
    "file_deleted",
    "file_is_deleted",
    "file_not_found",
    "file_share_limit_reached",
    "invalid_arguments",
    "invalid_attachments",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_cursor",
    "invalid_metadata_filter_keys",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "invalid_ts_latest",
    "invalid_ts_oldest",
    "markdown_text_conflict",
    "max_file_sharing_exceeded",
    "metadata_must_be_sent_from_app",
    "metadata_too_large",
    "missing_file_data",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_dual_broadcast_content_update",
    "no_text",
    "send_on_behalf_not_allowed",
    "slack_connect_blocked_file_type",
    "slack_connect_canvas_sharing_blocked",
    "slack_connect_clip_sharing_blocked",
    "slack_connect_file_link_sharing_blocked",
    "slack_connect_file_upload_sharing_blocked",
    "slack_connect_lists_sharing_blocked",
    "thread_not_found",
    "too_many_attachments",
    "too_many_contact_cards",
    "unable_to_share_files",
  ],
};

const byCode = new Map(
  Object.entries(codes).flatMap(([consequence, list]) =>
    list.map((code) => [code, consequence as Consequence] as const),
  ),
);

/** What follows from an error code of Slack's; undefined for one that nobody has told us of. */
export const consequenceOf = (code: string): Consequence | undefined => byCode.get(code);
