import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { Resvg } from "@resvg/resvg-js";
import { expect, test } from "vitest";
import { chartPng } from "../../../src/adapters/chart/painter.ts";
import { scenes } from "./scenes.ts";

const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const onAnotherMachine = `
import { createHash } from "node:crypto";
import { chartPng } from "./src/adapters/chart/painter.ts";
import { scenes } from "./test/adapters/chart/scenes.ts";
console.log(createHash("sha256").update(await chartPng(scenes.drop)).digest("hex"));
`;

test("a rendered chart is 1000 by 625 pixels", async () => {
  const png = Buffer.from(await chartPng(scenes.drop!));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1_000, 625]);
});

test("a rendered chart is small enough for a quick upload", async () => {
  for (const chart of Object.values(scenes)) expect((await chartPng(chart)).length).toBeLessThan(200_000);
});

test("a chart has the same bytes on a machine without a home folder, fonts or a font configuration", async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module-typescript", "-e", onAnotherMachine],
    {
      env: {
        HOME: "/nowhere",
        XDG_DATA_HOME: "/nowhere",
        FONTCONFIG_FILE: "/nowhere",
        FONTCONFIG_PATH: "/nowhere",
      },
    },
  );
  expect(stdout.trim()).toBe(sha(await chartPng(scenes.drop!)));
});

// Where a letter has no picture it leaves no ink and no error, so the ink of the title's place is weighed.
test("a rendered chart shows its text", async () => {
  const ink = (png: Uint8Array) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="625"><image width="1000" height="625" href="data:image/png;base64,${Buffer.from(png).toString("base64")}"/></svg>`;
    const { pixels } = new Resvg(svg).render();
    let dark = 0;
    for (let row = 20; row < 70; row++)
      for (let column = 20; column < 400; column++) if (pixels[4 * (1_000 * row + column)]! < 128) dark += 1;
    return dark;
  };
  const titled = (title: string) => chartPng({ ...scenes.drop!, title: [title] });
  expect(ink(await titled("iOS"))).toBeGreaterThan(300);
  expect(ink(await titled("New users"))).toBeGreaterThan(1.5 * ink(await titled("iOS")));
  expect(ink(await titled("Новые"))).toBeGreaterThan(300);
});
