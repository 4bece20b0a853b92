import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { isInside } from "../../../src/adapters/http/address.ts";
import { httpClient } from "../../../src/adapters/http/client.ts";

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.16.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "fe80::1%eth0",
  "fd00::1",
  "::ffff:10.0.0.1",
  "::ffff:a00:1",
  "64:ff9b::a00:1",
  "2002:7f00:1::",
  "ff02::1",
])("%s is not on the internet", (address) => {
  expect(isInside(address)).toBe(true);
});

test.each(["8.8.8.8", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])(
  "%s is on the internet",
  (address) => {
    expect(isInside(address)).toBe(false);
  },
);

const refused = { name: "PermanentError", failure: "destination-address" };

test.each([
  "http://hooks.example/x",
  "https://127.0.0.1/x",
  "https://0x7f.1/x",
  "https://2130706433/x",
  "https://[::1]/x",
  "https://[::ffff:169.254.169.254]/x",
  "https://169.254.169.254/latest/meta-data",
])("%s is not called", async (address) => {
  const call = httpClient({ called: "the hook" });
  await expect(call(new URL(address), { body: "{}" })).rejects.toMatchObject(refused);
});

test("a name that leads to a private network is not called, whatever else it leads to", async () => {
  const resolve = async () => [
    { address: "93.184.216.34", family: 4 },
    { address: "10.0.0.1", family: 4 },
  ];
  const call = httpClient({ called: "the hook", resolve });
  await expect(call(new URL("https://hooks.example/x"), { body: "{}" })).rejects.toMatchObject(refused);
  await expect(httpClient({ called: "the hook" })(new URL("https://localhost/x"), {})).rejects.toMatchObject(
    refused,
  );
});

test("a name that changes its address after the check gains nothing: it is looked up once for each connection", async () => {
  let lookups = 0;
  const resolve = async () => {
    lookups += 1;
    return [{ address: lookups === 1 ? "10.0.0.1" : "93.184.216.34", family: 4 }];
  };
  const call = httpClient({ called: "the hook", resolve, timeout: 300 });
  await expect(call(new URL("https://rebinding.example/x"), { body: "{}" })).rejects.toMatchObject(refused);
  expect(lookups).toBe(1);
});

test("a redirect is not followed", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(307, { location: "/secret" }).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const call = httpClient({ called: "the hook", allowPrivate: true });
  await expect(call(new URL(`http://127.0.0.1:${port}/x`), { body: "{}" })).rejects.toMatchObject({
    name: "PermanentError",
    failure: "destination-refuses",
  });
  expect(asked).toEqual(["/x"]);
  await new Promise((done) => server.close(done));
});
