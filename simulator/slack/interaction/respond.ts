import { contentOf, isTrue } from "../chat.ts";
import type { SlackMessage } from "../message.ts";
import { Refusal } from "../refusal.ts";
import type { Workspace } from "../workspace.ts";
import type { ResponseUrl } from "./response-urls.ts";

type Place = Pick<ResponseUrl, "channel" | "user" | "source">;

/**
 * Says what an acknowledgement or a `response_url` was given: to one person unless told otherwise, or in place of the
 * message in which the person did something.
 */
export function respond(body: unknown, place: Place, workspace: Workspace): SlackMessage | undefined {
  const args = typeof body === "string" ? { text: body } : ((body ?? {}) as Record<string, unknown>);
  const { source } = place;
  if (isTrue(args.delete_original)) {
    if (source) removeSource(place, workspace);
    return undefined;
  }
  const content = contentOf(args, workspace);
  if (content.text === "" && content.blocks.length === 0) return undefined;
  if (source && isTrue(args.replace_original)) {
    return source.isEphemeral
      ? workspace.ephemerals.edit(source.ts, content)
      : workspace.edit(place.channel, source.ts, content);
  }
  const threadTs = args.thread_ts === undefined ? source?.threadTs : String(args.thread_ts);
  const thread = threadTs ? { threadTs } : {};
  return args.response_type === "in_channel"
    ? workspace.add(place.channel, { ...content, ...thread })
    : workspace.ephemerals.add({ channel: place.channel, user: place.user }, { ...content, ...thread });
}

function removeSource({ channel, source }: Place, workspace: Workspace): void {
  if (source!.isEphemeral) workspace.ephemerals.remove(source!.ts);
  else workspace.remove(channel, source!.ts);
}

/** Whether there is anything to say in an acknowledgement: most only say that it arrived. */
export const hasContent = (body: unknown): boolean =>
  typeof body === "string"
    ? body.trim() !== ""
    : typeof body === "object" && body !== null && Object.keys(body).length > 0;

/** A refusal in Slack's word; anything else goes on. */
export const codeOf = (error: unknown): string => {
  if (error instanceof Refusal) return error.code;
  throw error;
};
