import { describe, expect, test } from "vitest";
import { wasNeverSent } from "../../../../src/adapters/slack/client/never-sent.ts";

const failed = (details: object): Error =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("no"), details) });

describe("errors that prove that nothing was sent", () => {
  test.each<[string, Error]>([
    ["a refused connection", failed({ code: "ECONNREFUSED", syscall: "connect" })],
    ["a host without a way to it", failed({ code: "EHOSTUNREACH", syscall: "connect" })],
    ["a name without an address", failed({ code: "ENOTFOUND", syscall: "getaddrinfo" })],
    ["no connection in time", failed({ code: "UND_ERR_CONNECT_TIMEOUT" })],
    ["an expired certificate", failed({ code: "CERT_HAS_EXPIRED" })],
    ["a certificate for another host", failed({ code: "ERR_TLS_CERT_ALTNAME_INVALID" })],
    [
      "all addresses of a host refused",
      new TypeError("fetch failed", {
        cause: new AggregateError(
          [{ syscall: "connect" }, { syscall: "connect" }].map((each) => Object.assign(new Error(), each)),
        ),
      }),
    ],
  ])("%s", (_, error) => {
    expect(wasNeverSent(error)).toBe(true);
  });
});

describe("errors after which the message may have been sent", () => {
  test.each<[string, unknown]>([
    ["a connection that broke while reading", failed({ code: "ECONNRESET", syscall: "read" })],
    ["a connection that timed out while writing", failed({ code: "ETIMEDOUT", syscall: "write" })],
    ["the other side hung up", failed({ code: "UND_ERR_SOCKET" })],
    ["no answer in time", new DOMException("The operation was aborted due to timeout", "TimeoutError")],
    ["something that is no error", "oops"],
  ])("%s", (_, error) => {
    expect(wasNeverSent(error)).toBe(false);
  });
});
