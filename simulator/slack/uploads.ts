import type { IncomingMessage, ServerResponse } from "node:http";
import { channelToWrite } from "./chat.ts";
import type { SlackFile } from "./files.ts";
import type { Call } from "./method.ts";
import { Refusal } from "./refusal.ts";
import type { Workspace } from "./workspace.ts";

const LONGEST_ALT = 1_000;
const LARGEST = 5_000_000;

/** `files.getUploadURLExternal`. */
export function uploadUrl({ args, workspace, url }: Call) {
  const length = Number(args.length);
  if (!Number.isInteger(length) || length < 1) throw new Refusal("invalid_arguments");
  const alt = args.alt_txt === undefined ? undefined : String(args.alt_txt);
  if (alt && Array.from(alt).length > LONGEST_ALT) throw new Refusal("alt_txt_too_large");
  const { id } = workspace.files.begin({ name: String(args.filename), length, ...(alt && { alt }) });
  return { upload_url: `${url}/upload/v1/${id}`, file_id: id };
}

/**
 * `files.completeUploadExternal`: with a channel, a message there holds the files; without one, they are private, and a
 * message may name them.
 */
export function completeUpload({ args, workspace, scopes }: Call) {
  const { files } = workspace;
  const listed: unknown = typeof args.files === "string" ? JSON.parse(args.files) : args.files;
  if (!Array.isArray(listed) || listed.length === 0) throw new Refusal("invalid_arguments");
  const channel =
    args.channel_id === undefined ? undefined : channelToWrite(args.channel_id, { workspace, scopes });
  const completed = listed.map(({ id, title }: { id?: string; title?: string }) => {
    const file = files.file(String(id));
    if (!file?.bytes) throw new Refusal("file_not_found");
    return files.change(file.id, { isComplete: true, title: title ?? file.name })!;
  });
  if (channel) {
    const ids = completed.map(({ id }) => id);
    const { ts } = workspace.add(channel.id, {
      text: String(args.initial_comment ?? ""),
      blocks: [],
      files: ids,
    });
    files.share(ids, { channel: channel.id, ts });
  }
  return { files: completed.map((file) => wireFile(file, false)) };
}

/** `files.info`: what kind of file it is stands there only once it is ready. */
export function fileInfo({ args, workspace: { files } }: Call) {
  const file = files.file(String(args.file));
  if (file?.isDeleted) throw new Refusal("file_deleted");
  if (!file?.isComplete) throw new Refusal("file_not_found");
  const shares = files.shares(file.id);
  const places = Map.groupBy(shares, ({ channel }) => channel);
  return {
    file: {
      ...wireFile(file, files.look(file.id)),
      channels: [...places.keys()],
      shares: {
        public: Object.fromEntries([...places].map(([id, list]) => [id, list.map(({ ts }) => ({ ts }))])),
      },
    },
    comments: [],
  };
}

/** `files.delete`: the messages that name the file show nothing in its place. */
export function deleteFile({ args, workspace: { files } }: Call) {
  const file = files.file(String(args.file));
  if (!file) throw new Refusal("file_not_found");
  if (file.isDeleted) throw new Refusal("file_deleted");
  files.change(file.id, { isDeleted: true });
  return {};
}

const wireFile = ({ id, name, title }: SlackFile, isReady: boolean) => ({
  id,
  name,
  title,
  ...(isReady ? { mimetype: mimeOf(name), filetype: extensionOf(name) } : { mimetype: "", filetype: "" }),
});

const extensionOf = (name: string) => name.split(".").at(-1)!;

const MIMES: Record<string, string> = { png: "image/png", csv: "text/csv", json: "application/json" };

const mimeOf = (name: string) => MIMES[extensionOf(name)] ?? "application/octet-stream";

/** Takes the bytes that belong under an upload address. */
export async function takeUpload(
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
  { files }: Workspace,
): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST) chunks.push(chunk);
  }
  const file = files.file(id);
  if (!file || file.bytes || size !== file.length) {
    response.writeHead(file ? 400 : 404).end("not as announced");
    return;
  }
  files.change(id, { bytes: Buffer.concat(chunks) });
  response.writeHead(200, { "content-type": "text/plain" }).end(`OK - ${size}`);
}

/** Shows a picture to the page, or hands another file out. */
export function serveFile(id: string, response: ServerResponse, { files }: Workspace): void {
  const { bytes, name } = files.file(id) ?? {};
  if (!bytes || !name || !files.isShown(id)) return void response.writeHead(404).end();
  response.writeHead(200, { "content-type": mimeOf(name), "x-content-type-options": "nosniff" }).end(bytes);
}
