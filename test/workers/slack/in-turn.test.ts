import { expect, test } from "vitest";
import { inTurn } from "../../../workers/slack/in-turn.ts";

test("of two publishes of one person's dashboard, the later one is shown last, however long the earlier one takes", async () => {
  const shown: string[] = [];
  const first = Promise.withResolvers<void>();
  const earlier = inTurn("U1", async () => {
    await first.promise;
    shown.push("earlier");
  });
  const later = inTurn("U1", async () => shown.push("later"));
  await inTurn("U2", async () => shown.push("somebody else's"));
  expect(shown).toEqual(["somebody else's"]);
  first.resolve();
  await Promise.all([earlier, later]);
  expect(shown).toEqual(["somebody else's", "earlier", "later"]);
});

test("a publish that fails rejects for whom it concerns and does not keep the next one from its turn", async () => {
  const refused = inTurn("U1", () => Promise.reject(new Error("refused")));
  const next = inTurn("U1", async () => "shown");
  await expect(refused).rejects.toThrow("refused");
  await expect(next).resolves.toBe("shown");
});
