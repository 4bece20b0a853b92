import { createServer } from "node:net";
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from "@slack/bolt";
import type { SlackSimulator } from "../../../simulator/slack/simulator.ts";
import { bot, team } from "../../../simulator/slack/wire.ts";

/** A real Bolt app on the simulated Slack, reached over HTTP. */
export async function boltOverHttp(slack: SlackSimulator): Promise<App> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const app = appWith(receiver, slack);
  const port = await freePort();
  await app.start({ port, host: "127.0.0.1" });
  slack.app.pointTo(`http://127.0.0.1:${port}/slack/events`);
  return app;
}

/** A real Bolt app on the simulated Slack, reached over Socket Mode. */
export async function boltOverSockets(slack: SlackSimulator): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logLevel: LogLevel.ERROR,
    // A busy machine must not be taken for a lost connection.
    clientPingTimeout: 20_000,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  const app = appWith(receiver, slack);
  await app.start();
  return app;
}

const appWith = (receiver: HTTPReceiver | SocketModeReceiver, slack: SlackSimulator) =>
  new App({
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, timeout: 10_000 },
    authorize: async () => ({
      botToken: slack.token,
      botId: bot.id,
      botUserId: bot.userId,
      teamId: team.id,
    }),
  });

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address() as { port: number };
      server.close(() => done(address.port));
    });
  });
