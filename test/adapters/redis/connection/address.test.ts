import { describe, expect, test } from "vitest";
import { readAddress } from "../../../../src/adapters/redis/connection/address.ts";

const single = { kind: "single", tls: false } as const;

describe("an address of Redis", () => {
  test.each([
    ["redis://localhost", { ...single, nodes: [{ host: "localhost", port: 6379 }] }],
    [
      "redis://ann:p%40ss@redis.example:7000/3",
      {
        ...single,
        nodes: [{ host: "redis.example", port: 7000 }],
        username: "ann",
        password: "p@ss",
        db: 3,
      },
    ],
    [
      "rediss://:100%@[::1]:6380",
      { kind: "single", tls: true, nodes: [{ host: "::1", port: 6380 }], password: "100%" },
    ],
    [
      "rediss+cluster://:secret@a:7000,b,10.0.0.3:7002",
      {
        kind: "cluster",
        tls: true,
        password: "secret",
        nodes: [
          { host: "a", port: 7000 },
          { host: "b", port: 6379 },
          { host: "10.0.0.3", port: 7002 },
        ],
      },
    ],
    [
      "redis+sentinel://:secret@a,b:7000/1?name=mymaster&sentinelPassword=other",
      {
        kind: "sentinel",
        tls: false,
        nodes: [
          { host: "a", port: 26379 },
          { host: "b", port: 7000 },
        ],
        password: "secret",
        db: 1,
        name: "mymaster",
        sentinelPassword: "other",
      },
    ],
  ])("the Redis address %s is understood", (url, address) => {
    expect(readAddress(url)).toEqual(address);
  });

  test.each([
    ["another protocol", "http://localhost:6379"],
    ["no host", "redis://"],
    ["a port that is none", "redis://a:99999"],
    ["two hosts that are no cluster", "redis://a,b"],
    ["sentinels without the name of a master", "redis+sentinel://a,b"],
    ["a database of a cluster, which has none but 0", "redis+cluster://a/1"],
    ["a name where there are no sentinels", "redis://a?name=mymaster"],
    ["blanks", "redis://a b"],
  ])("the Redis address %s is refused", (_, url) => {
    expect(readAddress(url)).toBeUndefined();
  });
});
