import { Resvg } from "@resvg/resvg-js";
import { expect, test } from "vitest";
import { encodePng } from "../../../src/adapters/chart/png.ts";

test("an image encoded as PNG has the pixels that the renderer's own encoder writes, half-clear ones included", async () => {
  const drawn = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40" rx="12" fill="#d92d20" stroke="#123" opacity=".6"/></svg>`,
  ).render();
  const shown = (png: Uint8Array, on: string) =>
    new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40" fill="${on}"/><image width="60" height="40" href="data:image/png;base64,${Buffer.from(png).toString("base64")}"/></svg>`,
    ).render().pixels;
  const png = await encodePng(drawn);
  for (const background of ["#fff", "#000", "#0af"])
    expect(shown(png, background).equals(shown(drawn.asPng(), background))).toBe(true);
});
