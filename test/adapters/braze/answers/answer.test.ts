import { expect, test } from "vitest";
import { rowsOf } from "../../../../src/adapters/braze/answers/answer.ts";
import { packCounts } from "../../../../src/adapters/redis/series/series-ring.ts";
import { metrics } from "../../../../src/metrics/metrics.ts";
import { noon } from "../../../support/builders.ts";

const answer = (sessions: string) =>
  `{"message":"success","data":[{"time":"2026-06-16T12:00:00Z","sessions":${sessions}}]}`;

test.each(["4294967295", "9007199254740991", "1e21", "1e999", "-1", "0.5", '"7"'])(
  "a response with the count %s is refused as a whole, since that is not a count",
  (sessions) => {
    expect(() => rowsOf(answer(sessions), metrics.sessions)).toThrow(
      /rows that cannot be read \(data\.0\.sessions/,
    );
  },
);

test("a row without a count leaves only its own bucket unknown", () => {
  const rows = ["7", "null", "-1", "1e21", '"8"', "0"].map(
    (sessions, i) => `{"time":"2026-06-16T0${i}:00:00Z","sessions":${sessions}}`,
  );
  const body = `{"message":"success","data":[${[...rows, "null", "[]", '{"sessions":5}'].join(",")}]}`;
  expect(rowsOf(body, metrics.sessions).map(({ value }) => value)).toEqual([
    7,
    undefined,
    undefined,
    undefined,
    undefined,
    0,
    undefined,
    undefined,
    undefined,
  ]);
});

test("the largest accepted count can be stored", () => {
  const [row] = rowsOf(answer("4294967294"), metrics.sessions);
  const point = { bucket: noon, value: row!.value! };
  expect(packCounts("main.ios.all.hour", [point], noon, noon)).toHaveLength(4);
});
