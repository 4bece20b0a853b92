import { connect } from "node:net";
import { request } from "undici";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type HttpServer, startHttp } from "../../../workers/monitoring/http.ts";

const logged: unknown[] = [];
const log = { error: (...words: unknown[]) => void logged.push(...words) };
let slow = Promise.withResolvers<void>();
let asked = Promise.withResolvers<void>();
const pages = {
  "/good": async () => ({ status: 200, type: "text/plain", body: "good\n" }),
  "/broken": async () => {
    throw new Error("token xoxb-not-for-anybody's-eyes");
  },
  "/slow": async () => {
    asked.resolve();
    await slow.promise;
    return { status: 200, type: "text/plain", body: "slow but whole\n" };
  },
};

let server: HttpServer;
beforeEach(async () => {
  logged.length = 0;
  slow = Promise.withResolvers();
  asked = Promise.withResolvers();
  server = await startHttp({ host: "127.0.0.1", port: 0 }, pages, log);
});
afterEach(() => server.close());

/** Sends these bytes, and answers all that comes back until the other side hangs up. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = "";
    socket.on("data", (piece) => {
      answer += String(piece);
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

describe("the HTTP server", () => {
  test("answers a page with any query, and HEAD with its headers only", async () => {
    const { statusCode, body } = await request(`${server.url}/good?x=1`);
    expect([statusCode, await body.text()]).toEqual([200, "good\n"]);
    const head = await request(`${server.url}/good`, { method: "HEAD" });
    expect([head.headers["content-length"], await head.body.text()]).toEqual(["5", ""]);
  });

  test.each(["/", "/metrics/..", "/constructor", "/__proto__", "/%00"])("does not know %s", async (path) => {
    const { statusCode, body } = await request(`${server.url}${path}`);
    expect([statusCode, await body.text()]).toEqual([404, "/good\n/broken\n/slow\n"]);
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS"] as const)("does nothing for %s", async (method) => {
    const { statusCode, headers, body } = await request(`${server.url}/good`, { method });
    await body.dump();
    expect([statusCode, headers.allow]).toEqual([405, "GET, HEAD"]);
  });

  test("disconnects on a body instead of reading it", async () => {
    const answer = await raw("GET /good HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 413/);
  });

  test("disconnects on headers that do not end", async () => {
    const answer = await raw(`GET /good HTTP/1.1\r\nX: ${"x".repeat(20_000)}`);
    expect(answer).toMatch(/^HTTP\/1\.1 431/);
  });

  test("disconnects on a request that never ends", async () => {
    expect(await raw("GET /good HTTP/1.1\r\nHost: x\r\n")).toMatch(/^HTTP\/1\.1 408/);
  });

  test("answers an internal error without details and logs it without secrets", async () => {
    const { statusCode, body } = await request(`${server.url}/broken`);
    expect([statusCode, await body.text()]).toEqual([500, "something went wrong. See the log\n"]);
    expect(JSON.stringify(logged)).toContain("[redacted]");
    expect(JSON.stringify(logged)).not.toContain("xoxb-");
  });

  test("answers pending requests before it closes, then ends keep-alive connections", async () => {
    const answer = raw("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    await asked.promise;
    const closed = server.close();
    slow.resolve();
    expect(await answer).toMatch(/^HTTP\/1\.1 200[\s\S]*slow but whole\n$/);
    await closed;
  });

  test("disconnects a client that never gets an answer, at its end", async () => {
    const answer = raw("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    await asked.promise;
    await server.close();
    expect(await answer).toBe("");
  });

  test("says what to do when its address is in use", async () => {
    const port = Number(new URL(server.url).port);
    await expect(startHttp({ host: "127.0.0.1", port }, pages, log)).rejects.toThrow(/EADDRINUSE.*HTTP_PORT/);
  });
});
