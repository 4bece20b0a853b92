import { expect, test } from "vitest";
import { keepSecret, redact } from "../src/redact.ts";

test("a secret with the same beginning as another is redacted to its end", () => {
  keepSecret("begins-alike");
  keepSecret("begins-alike-and-goes-on");
  expect(redact("begins-alike-and-goes-on, begins-alike")).toBe("[redacted], [redacted]");
});
