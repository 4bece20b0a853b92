import { describe, expect, test } from "vitest";
import { checkEndpoint, instances, restHostFor } from "../../../src/adapters/braze/endpoint.ts";

test("Braze has fifteen instances, and US-09 is not one of them", () => {
  expect(instances).toHaveLength(15);
  expect(instances.map(({ name }) => name)).not.toContain("US-09");
  expect(new Set(instances.map(({ rest }) => rest)).size).toBe(15);
});

test.each(instances)(
  "$name: every address of the instance leads to its REST endpoint",
  ({ rest, sdk, dashboard }) => {
    expect(restHostFor(`https://${rest}`)).toBe(`https://${rest}`);
    expect(restHostFor(sdk)).toBe(`https://${rest}`);
    expect(restHostFor(`https://${dashboard}/dashboard/apps/1`)).toBe(`https://${rest}`);
    expect(checkEndpoint(`https://${rest}`)).toEqual([]);
  },
);

test.each([
  ["https://rest.fra-01.braze.com", "https://rest.fra-01.braze.eu"],
  ["https://dashboard.us-10.braze.com", "https://rest.us-10.braze.com"],
  ["https://example.com", undefined],
  ["https://rest.iad-09.braze.com", undefined],
  ["", undefined],
])("%s leads to %s", (url, rest) => {
  expect(restHostFor(url)).toBe(rest);
});

describe("all problems of an address are reported together", () => {
  test.each([
    ["https://rest.iad-01.braze.com/", []],
    ["https://braze-proxy.example.com", []],
    ["http://127.0.0.1:4010", []],
    ["http://localhost:4010", []],
    ["http://[::1]:4010", []],
    ["https://sdk.iad-03.braze.com", [/that of the SDK.*write https:\/\/rest\.iad-03\.braze\.com/]],
    ["https://dashboard-03.braze.com", [/that of the dashboard.*https:\/\/rest\.iad-03\.braze\.com/]],
    ["https://dashboard-01.braze.eu/apps", [/rest\.fra-01\.braze\.eu/, /without a path/]],
    ["https://dashboard.braze.com", [/that of the dashboard.*API and SDK endpoints/]],
    ["rest.iad-02.braze.com", [/not an address: write https:\/\/rest\.iad-02\.braze\.com/]],
    ["not an address", [/not an address/]],
    ["ftp://rest.iad-02.braze.com", [/not an address/]],
    ["http://rest.iad-01.braze.com", [/not encrypted/]],
    ["http://127.0.0.1.example.com", [/not encrypted/]],
    ["https://key@rest.iad-01.braze.com", [/user name or a password/]],
    ["https://rest.iad-01.braze.com/sessions?x=1", [/without a path/]],
  ])("%s", (url, problems) => {
    const found = checkEndpoint(url);
    expect(found).toHaveLength(problems.length);
    for (const [place, problem] of problems.entries()) expect(found[place]).toMatch(problem);
  });
});

test("an address that is too long to be one is refused in a sentence", () => {
  const address = `https://${'a$(x)"W'.repeat(10_000)}`;
  expect(checkEndpoint(address)).toEqual(["is not an address: write https://rest.iad-01.braze.com"]);
});
