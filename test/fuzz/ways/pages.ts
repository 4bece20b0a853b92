import { connect } from "node:net";
import { startHttp } from "../../../workers/monitoring/http.ts";
import { hostileText, mutateText } from "../hostile.ts";
import { holds, type Way } from "../way.ts";

const requests = [
  "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  "POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde",
  "GET /__proto__ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
];

export const httpPages: Way = {
  name: "http-pages",
  what: "requests to /healthz, /readyz and /metrics, byte by byte",
  share: 3_000,
  async open() {
    const failed: unknown[] = [];
    const page = { status: 200, type: "text/plain", body: "alive" };
    const log = { error: (...result: unknown[]) => void failed.push(result) };
    const server = await startHttp(
      { host: "127.0.0.1", port: 0 },
      { "/healthz": async () => page },
      log as never,
    );
    const { port } = new URL(server.url);
    const notify = async (bytes: string): Promise<string> => {
      const socket = connect(Number(port), "127.0.0.1");
      let answer = "";
      socket.on("data", (piece) => (answer += piece)).on("error", () => {});
      socket.end(Buffer.from(bytes, "latin1"));
      await new Promise((resolve) => socket.once("close", resolve));
      return answer;
    };
    return {
      async strike(dice) {
        const text = dice.chance(0.2) ? hostileText(dice, 30) : mutateText(dice.pick(requests), dice);
        const answer = await notify(text);
        holds(failed.length === 0, `a page failed: ${JSON.stringify(failed)}`);
        holds(answer === "" || answer.startsWith("HTTP/1.1 "), `no answer of HTTP: ${answer.slice(0, 80)}`);
        if (dice.chance(0.02)) holds((await notify(requests[0]!)).includes("alive"), "it is alive no more");
        return !answer.startsWith("HTTP/1.1 200");
      },
      close: () => server.close(),
    };
  },
};
