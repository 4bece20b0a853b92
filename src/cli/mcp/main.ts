import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { connect } from "../../adapters/redis/connection/connection.ts";
import { findRedis } from "../../adapters/redis/server/find.ts";
import { createBot } from "../../bot.ts";
import { readConfig } from "../../config/config.ts";
import { InputError, PermanentError, TransientError } from "../../errors.ts";
import { createLog } from "../../log.ts";
import { printable } from "../../printable.ts";
import { redact } from "../../redact.ts";
import { mainOf, runIfStarted, type Surroundings } from "../command.ts";
import { type Tool, type ToolContext, tools } from "./tools.ts";

const USAGE = `npm run mcp
A Model Context Protocol server over standard input and output, for people's own assistants. It only reads.`;

/** Serves until the other side closes. Standard output belongs to the protocol. */
async function run(_: string[], { env, printError }: Surroundings): Promise<undefined> {
  const config = readConfig(env);
  const log = createLog("error", { write: (line) => printError(line.trimEnd()) });
  const found = await findRedis(config.redisUrl, env.PATH, printError);
  const redis = connect(found.url, log);
  try {
    const zone = config.ops?.zone ?? config.workspaces[0]!.zone;
    const server = serverOf({ bot: createBot(config, redis, { log }), log, zone });
    const transport = new StdioServerTransport();
    const closed = new Promise<void>((done) => {
      server.server.onclose = done;
      process.stdin.once("end", done);
    });
    await server.connect(transport);
    await closed;
    await server.close();
  } finally {
    redis.disconnect();
    await found.stop();
  }
  return undefined;
}

/** A server with all tools. */
function serverOf(context: ToolContext): McpServer {
  const server = new McpServer({ name: "tidewatch", version: "0.1.0" });
  for (const [name, { about, input, run: ask }] of Object.entries(tools) as [string, Tool][])
    server.registerTool(
      name,
      { description: about, inputSchema: input, annotations: { readOnlyHint: true, openWorldHint: false } },
      async (asked: Record<string, unknown>) => {
        try {
          return textResult(await ask(asked, context));
        } catch (error) {
          return { ...textResult(inWords(error)), isError: true };
        }
      },
    );
  return server;
}

/** Nothing leaves without its secrets taken out. */
const textResult = (text: string) => ({
  content: [{ type: "text" as const, text: printable(redact(text)) }],
});

function inWords(error: unknown): string {
  if (error instanceof InputError) return error.message;
  if (error instanceof PermanentError || error instanceof TransientError)
    return `${error.message}. ${error.advice}`;
  return "Tidewatch could not answer this";
}

/** The program on the words typed after its name. */
export const main = mainOf(run, USAGE);

await runIfStarted(import.meta.filename, main);
