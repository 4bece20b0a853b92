import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { signed } from "../../../simulator/slack/interaction/signing.ts";
import { ben } from "../../../simulator/slack/people.ts";
import { type SlackSimulator, startSlackSimulator } from "../../../simulator/slack/simulator.ts";
import { MINUTE, SECOND } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { until } from "../../support/until.ts";

const here = { user: ben.id, channel: "C0ALERTS1" };
let slack: SlackSimulator;
afterEach(() => slack.close());

test("a request is signed as Slack documents it", () => {
  // The example of Slack's own page on verifying requests.
  const body =
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&" +
    "user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com" +
    "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
  slackless();
  expect(signed(body, "8f742231b10e8888abcd99yyyzzz85a5", 1_531_420_618 * SECOND)).toEqual({
    "x-slack-request-timestamp": "1531420618",
    "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
  });
});

// `afterEach` closes whatever there is; this test has no need of one.
const slackless = () => {
  slack = { close: async () => {} } as SlackSimulator;
};

describe("over HTTP", () => {
  let server: Server;
  let answers: number[];
  const seen: { headers: IncomingMessage["headers"]; body: string }[] = [];

  beforeEach(async () => {
    answers = [];
    seen.length = 0;
    server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      seen.push({ headers: request.headers, body });
      const status = answers.shift() ?? 200;
      if (status > 0) response.writeHead(status).end();
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const requestUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
    slack = await startSlackSimulator({ requestUrl, retryAfter: [0, 0, 0], wallClock: () => noon });
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  test("every request has a signature and a timestamp", async () => {
    await slack.command("/tidewatch list", here);
    const { headers, body } = seen[0]!;
    const hash = createHmac("sha256", slack.signingSecret)
      .update(`v0:${noon / SECOND}:${body}`)
      .digest("hex");
    expect(headers["x-slack-signature"]).toBe(`v0=${hash}`);
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
      command: "/tidewatch",
      text: "list",
    });
  });

  test.each([
    [404, "http_client_error"],
    [500, "http_service_error"],
  ])("a response of %i is shown to the person and recorded as a failure", async (status, error) => {
    answers = [status];
    expect(await slack.command("/tidewatch list", here)).toMatchObject({ failure: error });
    expect(slack.failures).toEqual([{ kind: "command", about: "/tidewatch list", user: ben.id, error }]);
    expect(slack.ephemerals(ben.id, here.channel)).toMatchObject([
      { bySlack: true, text: `/tidewatch failed with the error "${error}"` },
    ]);
  });

  test("an event is delivered three more times with its number and reason", async () => {
    answers = [500, 500, 500, 200];
    await slack.openHome(ben.id);
    await until(() => seen.length === 4, "the retries", 10_000);
    expect(seen.map(({ headers }) => headers["x-slack-retry-num"])).toEqual([undefined, "1", "2", "3"]);
    expect(seen[3]?.headers["x-slack-retry-reason"]).toBe("http_error");
    const ids = new Set(seen.map(({ body }) => (JSON.parse(body) as { event_id: string }).event_id));
    expect(ids.size).toBe(1);
  });

  test("a request can be repeated or forged", async () => {
    await slack.command("/tidewatch list", here);
    const [sent] = slack.app.http.sent;
    await slack.app.http.send(sent!);
    await slack.app.http.send({ ...sent!, headers: { ...sent!.headers, "x-slack-signature": "v0=00" } });
    await slack.app.http.send({
      ...sent!,
      headers: { ...sent!.headers, ...signed(sent!.body, slack.signingSecret, noon + 15 * MINUTE) },
    });
    expect(seen[1]).toMatchObject({ body: sent!.body, headers: sent!.headers });
    expect(seen[2]?.headers["x-slack-signature"]).toBe("v0=00");
    expect(seen[3]?.headers["x-slack-request-timestamp"]).toBe(String((noon + 15 * MINUTE) / SECOND));
  });
});

test("an app that does not answer in time has failed", async () => {
  const server = createServer(() => {});
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const requestUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  slack = await startSlackSimulator({ requestUrl, ackWithin: 30 });
  expect(await slack.command("/tidewatch list", here)).toMatchObject({ failure: "operation_timeout" });
  server.closeAllConnections();
  server.close();
});

describe("over Socket Mode", () => {
  beforeEach(async () => {
    slack = await startSlackSimulator({ retryAfter: [] });
  });

  test("a connection needs the app's token", async () => {
    expect(await connectionUrl("xoxb-simulated-token")).toMatchObject({ error: "not_allowed_token_type" });
    expect(await connectionUrl("xapp-other")).toMatchObject({ error: "invalid_auth" });
    expect(await connectionUrl(slack.appToken)).toMatchObject({ ok: true });
  });

  test("each payload goes to one connection, in turn", async () => {
    const received = [await connect(), await connect()];
    await slack.command("/tidewatch a", here);
    await slack.command("/tidewatch b", here);
    expect(received.map(({ texts }) => texts.length)).toEqual([1, 1]);
    expect(slack.app.sockets.count()).toBe(2);
  });

  test("an address is valid for one connection, and eleven connections are too many", async () => {
    const { url } = await connectionUrl(slack.appToken);
    await opened(url);
    await expect(opened(url)).rejects.toThrow("401");
    for (let i = 1; i < 10; i += 1) await connect();
    await expect(connect()).rejects.toThrow("429");
  });

  test("an invalid address is refused, an invalid envelope is skipped, and the simulator continues", async () => {
    const asked = request(slack.url, {
      path: "//",
      headers: { connection: "Upgrade", upgrade: "websocket" },
    }).end();
    const [refused] = (await once(asked, "response")) as [IncomingMessage];
    refused.resume();
    expect(refused.statusCode).toBe(401);
    const { url } = await connectionUrl(slack.appToken);
    const socket = await opened(url);
    socket.send("no JSON");
    socket.send("null");
    socket.on("message", (data) => {
      const { envelope_id } = JSON.parse(String(data));
      if (envelope_id) socket.send(JSON.stringify({ envelope_id }));
    });
    expect((await slack.command("/tidewatch list", here)).failure).toBeUndefined();
  });

  test("without a connection nothing is delivered", async () => {
    expect(await slack.command("/tidewatch list", here)).toMatchObject({ failure: "dispatch_failed" });
  });

  test("a connection that is cut before it acknowledges has failed", async () => {
    await connect({ acks: false });
    const command = slack.command("/tidewatch list", here);
    slack.app.sockets.cut();
    expect(await command).toMatchObject({ failure: "dispatch_failed" });
  });

  test("Slack asks to reconnect", async () => {
    const { types } = await connect();
    slack.app.sockets.askToReconnect("warning");
    await until(() => types.includes("disconnect"), "the request", 10_000);
  });

  test("a connection can be refused once", async () => {
    slack.faults.next("apps.connections.open", { kind: "status", status: 503 });
    await expect(connectionUrl(slack.appToken)).rejects.toThrow();
    expect(await connectionUrl(slack.appToken)).toMatchObject({ ok: true });
  });

  async function connectionUrl(token: string) {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${slack.apiUrl}apps.connections.open`, { method: "POST", headers });
    return (await answer.json()) as { ok: boolean; url: string; error?: string };
  }

  async function opened(url: string): Promise<WebSocket> {
    const socket = new WebSocket(url);
    await new Promise<void>((done, fail) => {
      socket.once("open", done);
      socket.once("error", fail);
    });
    return socket;
  }

  async function connect({ acks = true } = {}) {
    const texts: string[] = [];
    const types: string[] = [];
    const { url } = await connectionUrl(slack.appToken);
    const socket = await opened(url);
    socket.on("message", (data) => {
      const message = JSON.parse(String(data)) as {
        type: string;
        envelope_id?: string;
        payload?: { text: string };
      };
      types.push(message.type);
      if (!message.envelope_id || !acks) return;
      texts.push(message.payload!.text);
      socket.send(JSON.stringify({ envelope_id: message.envelope_id }));
    });
    return { texts, types };
  }
});
