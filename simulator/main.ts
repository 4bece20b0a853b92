import { once } from "node:events";
import { runCommand } from "../src/cli/command.ts";
import { InputError } from "../src/errors.ts";
import { startBrazeSimulator } from "./braze/server.ts";
import { fastClock } from "./clock.ts";
import { type SimulatorCommand, simulatorCommand, USAGE } from "./options.ts";

async function run(args: string[]): Promise<string> {
  const now = Date.now();
  const command = simulatorCommand(args, now);
  const clock = fastClock(now, command.speed);
  const { url, close, control } = await start(command, clock);
  console.log(introduction(url, command));
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await close();
  return `stopped; requests answered: ${control.requests()}`;
}

async function start({ options }: SimulatorCommand, clock: () => number) {
  try {
    return await startBrazeSimulator({ ...options, clock });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    throw new InputError(`port ${options.port} cannot be used (${code}): choose another with --port`, {
      cause: error,
    });
  }
}

const introduction = (url: string, { speed, options }: SimulatorCommand): string => `
A simulated Braze is at ${url}${speed === 1 ? "" : `, its clock ${speed} times as fast as time`}
  apps      ${options.apps.map(({ id }) => id).join(", ")}
  segments  ${listed(options.segments?.map(({ id }) => id))}
  events    ${listed(options.events?.map(({ name }) => name))}
  products  ${listed(options.products?.map(({ name }) => name))}
  campaigns ${listed(options.campaigns?.map(({ id }) => id))}
  Canvases  ${listed(options.canvases?.map(({ id }) => id))}

Ask it:
  curl -H 'Authorization: Bearer ${options.apiKey}' '${url}/sessions/data_series?unit=hour&length=24&app_id=${options.apps[0]?.id}'

Let Tidewatch watch it:
  BRAZE_REST_ENDPOINT=${url}  BRAZE_API_KEY=${options.apiKey}

Ctrl-C ends it.`;

function listed(names: readonly string[] = []): string {
  return names.join(", ") || "none";
}

await runCommand(run, USAGE);
