import { isDeepStrictEqual } from "node:util";
import { simulatorCommand } from "../../../simulator/options.ts";
import { readCsv } from "../../../src/cli/backtest/csv.ts";
import { typedWords } from "../../../src/cli/watch/words.ts";
import { instantOf } from "../../../src/commands/grammar/moment.ts";
import { boundsOf } from "../../../src/commands/grammar/period.ts";
import { commandOf, LONGEST, parseCommand, printCommand } from "../../../src/commands/parse.ts";
import { readConfig } from "../../../src/config/config.ts";
import { settings } from "../../../src/config/settings.ts";
import { HOUR } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import type { Dice } from "../dice.ts";
import { hostileText, mutateText, SECRET } from "../hostile.ts";
import { holds, refusedOr, type Way } from "../way.ts";

const rows = Array.from({ length: 6 }, (_, i) => `${new Date(noon + i * HOUR).toISOString()},${100 + i}`);
const csv = ["time,sessions", ...rows].join("\n");

/** The same file as others write it: separators, line ends, local hours, marks between thousands. */
const dialects = [
  csv,
  csv.replaceAll(",", ";").replaceAll("\n", "\r\n"),
  csv.replaceAll(",", "\t").replace("time\tsessions", "Timestamp\tCount"),
  csv.replaceAll(".000Z", "").replaceAll("T", " "),
  csv.replaceAll(".000Z", "+05:30"),
  csv.replace(/,(\d)(\d\d)/g, ';"$1.$2$1"'),
  "sessions,time\n2,2026-10-25 02:00\n3,2026-10-25 02:00\n4,2026-03-29 02:00 Europe/Berlin",
];

export const csvFiles: Way = {
  name: "csv",
  what: "files of the backtest",
  share: 100_000,
  open: () => ({
    strike(dice) {
      const text = dice.chance(0.1) ? hostileText(dice, 30) : mutateText(dice.pick(dialects), dice);
      const zone = dice.pick(["UTC", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe"]);
      const series = readCsv(text, dice.pick(["hour", "day"]), zone);
      if (typeof series === "string") return true;
      const known = series.values.filter((count) => count !== undefined);
      holds(
        known.every((count) => Number.isSafeInteger(count) && count >= 0),
        "a count that is none",
      );
      holds(
        series.bad.every(({ line, reason }) => line > 0 && reason !== ""),
        "a row was refused without its place",
      );
      return false;
    },
  }),
};

const environment: Readonly<Record<string, string>> = {
  BRAZE_REST_ENDPOINT: "https://rest.iad-01.braze.com",
  BRAZE_API_KEY: SECRET,
  SLACK_BOT_TOKEN: `xoxb-${SECRET}`,
  REDIS_URL: `redis://:${SECRET}@localhost:6379`,
  TIME_ZONE: "Europe/Berlin",
  EVENTS: "2026-11-27 Black Friday; 2026-12-10/2026-12-12 Winter sale",
  BRAZE_QUOTA_RESERVE: "20%",
  EVALUATION_DELAY: "15m",
  DAILY_STATUS_AT: "09:00",
  HEARTBEAT_URL: `https://hc.example/${SECRET}`,
  HTTP_PORT: "9464",
  SLACK_OPS_CHANNEL: "C0123456789",
};
const settingNames = Object.keys(settings.shape);

export const environments: Way = {
  name: "settings",
  what: "the environment",
  share: 12_000,
  open: () => ({
    strike(dice) {
      const changed: Record<string, string | undefined> = { ...environment };
      for (let left = 1 + dice.int(2); left > 0; left--) {
        const name = dice.pick(settingNames);
        changed[name] = dice.chance(0.3) ? hostileText(dice) : mutateText(environment[name] ?? "", dice);
        if (dice.chance(0.1)) changed[`${name}_FILE`] = dice.pick(["/", "/nowhere", SECRET, "\u0000"]);
      }
      const config = refusedOr(() => readConfig(changed));
      if (!config) return true;
      const { timing, concurrency, http } = config;
      holds(
        Object.values(timing).every((ms) => Number.isSafeInteger(ms) && ms >= 0),
        "a time that is none",
      );
      holds(concurrency >= 1 && concurrency <= 999, `${concurrency} at once`);
      holds(http === undefined || (http.port > 0 && http.port < 65_536), "a port that is none");
      return false;
    },
  }),
};

const typed = [
  "add --app ios --app-name iOS --channel C0123456 --sensitivity 0.5/month --quiet 22:30-07:15 --quiet-days fri-mon,wed",
  "add --channel C0123456 --segment vip --unit day --direction drop --min-change 25% --min-sessions 40",
  "mute ios --until 4h --by ada",
  "audit ios --from 7d --to 2026-06-11T08:00Z",
  "ack ios.drop@2026-06-16T12",
  "event add Sale --from 2026-06-18T18:00 --to 2026-06-18T21:00 --app tv",
  "import backup.json --replace --dry-run",
  "review --from 7d --channel C0123456",
];

function wordsOf(dice: Dice, samples: readonly string[]): string[] {
  const text = dice.chance(0.1) ? hostileText(dice, 6) : mutateText(dice.pick(samples), dice);
  return text.split(" ");
}

export const watchWords: Way = {
  name: "watch-words",
  what: "what is typed after npm run watch",
  share: 100_000,
  open: () => ({
    strike(dice) {
      const command = refusedOr(() => {
        const read = commandOf(typedWords(wordsOf(dice, typed)).words);
        const clockwork = { now: noon, zone: "America/New_York" };
        const instants = [
          ...("until" in read && read.until !== "recovery"
            ? [instantOf(read.until, 0, { ...clockwork, toward: "future" })]
            : []),
          ...("period" in read && read.period ? boundsOf(read.period, { ...clockwork, toward: "past" }) : []),
        ];
        for (const instant of instants)
          holds(
            instant === undefined || Number.isFinite(new Date(instant).getTime()),
            "an instant that is none",
          );
        return read;
      });
      if (!command) return true;
      const { settings = {} } = "settings" in command ? command : {};
      const { sensitivity, minRelativeChange, minAbsoluteChange, quiet } = settings;
      const numbers = [minRelativeChange, minAbsoluteChange, quiet?.from, quiet?.to];
      if (typeof sensitivity === "object") numbers.push(sensitivity.alertsPerMonth);
      holds(
        numbers.every((number) => number === undefined || Number.isFinite(number)),
        `numbers that are none: ${numbers}`,
      );
      const written = printCommand(command);
      if (written.length > LONGEST) return false;
      const again = refusedOr(() => parseCommand(written));
      holds(isDeepStrictEqual(again, command), `${JSON.stringify(written)} is read otherwise`);
      return false;
    },
  }),
};

const simulated = [
  "--port 0 --speed 60 --zone Asia/Kolkata --key abcdefgh --app ios=500 --app web=250 --segment us=30%",
  "--app ios=400 --incident ios:outage:-3:3 --incident ios:drop:2:5:0.4 --switch order=descending",
];

export const simulatorWords: Way = {
  name: "simulator-words",
  what: "what is typed after npm run simulator",
  share: 30_000,
  open: () => ({
    strike: (dice) => refusedOr(() => simulatorCommand(wordsOf(dice, simulated), noon)) === undefined,
  }),
};
