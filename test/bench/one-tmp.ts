import { round } from "./scale.ts";

const last = await round({ series: Number(process.argv[2]), spread: "0s" });
console.log(
  process.argv[3],
  "rss",
  (last.resident / 2 ** 20).toFixed(0),
  "cpu/series",
  ((1000 * last.cpu) / last.series).toFixed(2),
  "busy",
  last.busy.toFixed(1),
);
process.exit(0);
