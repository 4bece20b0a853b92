import type { Dice } from "./dice.ts";

/** The secret that is hidden in what comes in, and must not come out in any error. */
export const SECRET = "Fuzz-Secret-7f3a91c2";

const pieces = [
  ...[
    "__proto__",
    "constructor",
    "prototype",
    "polluted",
    "toString",
    "data",
    "message",
    "success",
    "errors",
  ],
  ...[
    "{",
    "}",
    "[",
    "]",
    '"',
    ":",
    ",",
    "\\",
    "\\u0000",
    "\u0000",
    "\n",
    "\r\n",
    "\t",
    "\u001b[31m",
    "\u202e",
    "\ufeff",
  ],
  ...[
    "NaN",
    "Infinity",
    "-0",
    "1e400",
    "-1",
    "1e308",
    "99999999999999999999",
    "0x10",
    "null",
    "true",
    "undefined",
  ],
  ...[
    "<!channel>",
    "<@U1>",
    "<script>",
    "&amp;",
    "`",
    "*_~",
    "🚀",
    "é",
    "مرحبا",
    "\ud800",
    "%00",
    "../",
    "$(x)",
    "{{x}}",
  ],
  ...[
    "2026-06-16T12:00:00Z",
    "9999-12-31T23:59:59Z",
    "0000-00-00",
    "1970-01-01",
    "2026-11-01T01:00:00",
    "-5:00",
    "+99:99",
  ],
  ...[
    "redis://u:p@h",
    `Bearer ${SECRET}`,
    SECRET,
    `Invalid API key: ${SECRET}`,
    "xoxb-1-abcdef",
    "DEL",
    "\r\nSET a b",
  ],
  ...[
    " ",
    "",
    "0",
    "-",
    ".",
    "/",
    ";",
    "a",
    "Z",
    "7d",
    "4h",
    "1/month",
    "22-7",
    "10%",
    "mon-fri",
    "ios",
    "C0123456",
  ],
];

/** A short text of pieces that have broken programs before. */
export function hostileText(dice: Dice, most = 8): string {
  let text = "";
  for (let left = dice.int(most + 1); left > 0; left--) {
    text += dice.chance(0.8)
      ? dice.pick(pieces)
      : String.fromCharCode(dice.int(dice.chance(0.9) ? 0x80 : 0x10000));
  }
  return dice.chance(0.002) ? text.repeat(2_000) : text;
}

/** A value as JSON can hold it, with names and numbers that have broken programs before. */
export function hostileValue(dice: Dice, depth = 3): unknown {
  switch (dice.int(depth > 0 ? 9 : 7)) {
    case 0:
      return null;
    case 1:
      return dice.chance(0.5);
    case 2:
      return dice.pick([0, -0, -1, 0.5, 1e308, 2 ** 53, 2 ** 32, 4_294_967_295, 1e21, 8.64e15, 8.64e15 + 1]);
    case 3:
      return dice.int(2_000);
    case 4:
    case 5:
      return hostileText(dice);
    case 6:
      return [];
    case 7:
      return Array.from({ length: dice.int(4) }, () => hostileValue(dice, depth - 1));
    default: {
      // What JSON.parse makes of "__proto__": a property of its own.
      const made = Object.create(null) as Record<string, unknown>;
      for (let left = dice.int(4); left > 0; left--) made[dice.pick(pieces)] = hostileValue(dice, depth - 1);
      return made;
    }
  }
}

/** JSON that means harm: deep, doubled, cut off, or with what JSON does not know. */
export function hostileJson(dice: Dice): string {
  switch (dice.int(6)) {
    case 0:
      return "[".repeat(dice.int(3_000)) + hostileText(dice);
    case 1:
      return `{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"data":${JSON.stringify(hostileValue(dice))}}`;
    case 2:
      return `{"message":"success","data":[],"data":[{"time":${dice.pick(['"2026-06-16T11:00:00Z"', "NaN", "1"])},"sessions":${dice.pick(["NaN", "1e999", "-1", "5", "00", "4294967295"])}}]}`;
    case 3:
      return hostileText(dice, 20);
    default:
      return JSON.stringify(hostileValue(dice, 4)) ?? "";
  }
}

/** The text with something of it changed, lost, doubled or put in. */
export function mutateText(text: string, dice: Dice): string {
  let changed = text;
  for (let left = 1 + dice.int(3); left > 0; left--) {
    const [a, b] = [dice.int(changed.length + 1), dice.int(changed.length + 1)];
    const [from, to] = a < b ? [a, b] : [b, a];
    const near = Math.min(changed.length, from + dice.int(6));
    const inserted = dice.chance(0.3) ? "" : hostileText(dice, 2);
    switch (dice.int(6)) {
      case 0:
        changed = changed.slice(0, from);
        break;
      case 1:
        changed = changed.slice(0, from) + changed.slice(to);
        break;
      case 2:
        changed = changed.slice(0, to) + changed.slice(from);
        break;
      default:
        changed = changed.slice(0, from) + inserted + changed.slice(near);
    }
  }
  return changed;
}

/** The value with one of its parts, however deep, exchanged, taken away or put in beside. */
export function mutateValue(value: unknown, dice: Dice): unknown {
  if (typeof value !== "object" || value === null || dice.chance(0.15)) return hostileValue(dice, 2);
  if (Array.isArray(value)) {
    const place = dice.int(value.length + 1);
    return value.toSpliced(
      place,
      dice.int(2),
      value.length > place ? mutateValue(value[place], dice) : hostileValue(dice, 2),
    );
  }
  const names = Object.keys(value);
  const name = dice.chance(0.1) || names.length === 0 ? dice.pick(pieces) : dice.pick(names);
  const { [name]: part, ...rest } = value as Record<string, unknown>;
  return dice.chance(0.2) ? rest : { ...rest, [name]: mutateValue(part, dice) };
}

/** The JSON of a sample, harmed either as a text or as a value. */
export const mutateJson = (sample: unknown, dice: Dice): string =>
  dice.chance(0.5)
    ? mutateText(JSON.stringify(sample), dice)
    : (JSON.stringify(mutateValue(sample, dice)) ?? "");

/** The bytes with some of them changed, cut off, or none like before. */
export function mutateBytes(bytes: Uint8Array, dice: Dice): Buffer {
  if (dice.chance(0.1)) return Buffer.from(Array.from({ length: dice.int(64) }, () => dice.int(256)));
  const changed = Buffer.from(dice.chance(0.2) ? bytes.subarray(0, dice.int(bytes.length + 1)) : bytes);
  for (let left = 1 + dice.int(4); left > 0 && changed.length > 0; left--) {
    changed[dice.int(changed.length)] = dice.int(256);
  }
  return changed;
}
