import type { FilesGetUploadURLExternalResponse, WebClient } from "@slack/web-api";
import { request } from "undici";
import { TransientError } from "../../../errors.ts";
import { type Asked, slackError } from "./errors.ts";

/** A file for Slack. */
export interface Upload {
  readonly filename: string;
  readonly title: string;
  readonly bytes: Uint8Array;
  /** What a picture shows, for those who cannot see it. */
  readonly alt?: string;
  /** Where it is shared. Without a channel it is private, and only a message that names it shows it. */
  readonly channel?: string;
}

/** What is uploaded, in the words of an error: "a chart", and what to do where it could not be. */
export interface Uploaded {
  readonly name: string;
  readonly advice: string;
}

export interface UploadOptions {
  /** The configured stand-in for Slack. */
  readonly apiUrl?: string | undefined;
  readonly signal: AbortSignal;
  readonly what: Uploaded;
}

/**
 * Uploads a file and returns its id. Throws PermanentError or TransientError.
 *
 * Slack's client has a method for this, which sends no `alt_txt`, sends bytes to any address, and cannot be
 * interrupted.
 */
export async function uploadFile(client: WebClient, file: Upload, options: UploadOptions): Promise<string> {
  const { filename, title, bytes, alt, channel } = file;
  const { what, signal, apiUrl } = options;
  const before: Omit<Asked, "method"> = { channel: what.name, readOnly: true };
  const place = await slackAnswer({ ...before, method: "files.getUploadURLExternal" }, ({ method }) =>
    client.apiCall(method, { filename, length: bytes.length, ...(alt !== undefined && { alt_txt: alt }) }),
  );
  const { file_id: id, upload_url: address } = place as FilesGetUploadURLExternalResponse;
  if (typeof id !== "string" || !isSlacks(address, apiUrl)) throw uploadRefused(what, "no place to put it");
  await put(bytes, address, signal, what);
  // Nobody sees a private file, so that completing one again does no harm.
  const end = channel === undefined ? before : { channel };
  await slackAnswer({ ...end, method: "files.completeUploadExternal" }, () =>
    channel === undefined
      ? client.files.completeUploadExternal({ files: [{ id, title }] })
      : client.files.completeUploadExternal({ files: [{ id, title }], channel_id: channel }),
  );
  return id;
}

/** Slack's answer to a request. Throws PermanentError or TransientError. */
export async function slackAnswer<Answer>(
  asked: Asked,
  ask: (asked: Asked) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask(asked);
  } catch (error) {
    throw slackError(error, asked);
  }
}

/** An upload that Slack did not take. */
export const uploadRefused = ({ name, advice }: Uploaded, why: string) =>
  new TransientError(`Slack refused ${name}: ${why}`, { failure: "slack-unreachable", advice });

/** Slack's upload hosts, including its separate government host. */
const UPLOAD_ORIGINS: readonly string[] = ["https://files.slack.com", "https://files.slack-gov.com"];

/** Whether an address is one of Slack's upload hosts, or the configured stand-in. Files are sent nowhere else. */
function isSlacks(address: unknown, apiUrl: string | undefined): address is string {
  const url = typeof address === "string" ? URL.parse(address) : null;
  if (!url) return false;
  return (
    UPLOAD_ORIGINS.includes(url.origin) || (apiUrl !== undefined && url.origin === URL.parse(apiUrl)?.origin)
  );
}

async function put(bytes: Uint8Array, address: string, signal: AbortSignal, what: Uploaded): Promise<void> {
  try {
    const { statusCode, body } = await request(address, { method: "POST", body: bytes, signal });
    await body.dump();
    if (statusCode !== 200) throw uploadRefused(what, `HTTP ${statusCode}`);
  } catch (error) {
    if (error instanceof TransientError) throw error;
    const { code, name } = error as NodeJS.ErrnoException;
    throw uploadRefused(what, code ?? name);
  }
}
