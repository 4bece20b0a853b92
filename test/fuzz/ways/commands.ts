import { isDeepStrictEqual } from "node:util";
import { type Clockwork, instantOf } from "../../../src/commands/grammar/moment.ts";
import { boundsOf } from "../../../src/commands/grammar/period.ts";
import { LONGEST, parseCommand, printCommand } from "../../../src/commands/parse.ts";
import { noon } from "../../support/builders.ts";
import { hostileText, mutateText } from "../hostile.ts";
import { holds, refusedOr, type Way } from "../way.ts";

const samples = [
  'watch app:ios segment:"VIP customers" channel:<#C0123456|alerts> sensitivity:high min-change:25%',
  "edit ios-us quiet:22-7 quiet-days:fri-mon owner:<@U0ADA0001> runbook:https://wiki.example/ios",
  "preview ios-us sensitivity:2/month direction:drop unit:day",
  "mute app:ios until tomorrow 9:00",
  "mute here for 4h",
  "unmute channel:<#C0123456>",
  "why ios-us 2026-11-24 09:00",
  'event plan "Black Friday" 2026-11-27 00:00-23:59 app:ios',
  "event Push Thu 18-21",
  "exclude ios-us Thu 18:30-21",
  "label ios.drop@2026-06-16T12 false-alarm",
  "ack ios.drop@2026-06-16T12",
  "audit ios-us 7d",
  "incidents VIP customers false alarm 30d",
  "incidents not labeled since 2026-06-01",
  "audit VIP customers since 7d until yesterday 9:00",
  "review channel:<#C0123456|alerts> from 2 weeks ago to 1w",
  "edit VIP customers drop sensitivity:high",
  "exclusions VIP customers",
  "include ios-us 2026-11-24T18/2026-11-24T20",
  "mute app:ios workspace:eu for 4h",
  "changes ios-us",
  "undo watch-1",
  "who-can S0123456",
  "help watch",
  "event plan Mother’s Black Friday 2026-07-03",
  "event plan “Kid's club” from 9am to 11:30 tomorrow",
  "event plan 'Wave 2' July 3-5",
  "event plan Rock 'n' roll Tue 16 Jun 12:00 UTC to Tue 16 Jun 15:00 UTC",
  "watch app:ios name:Women's segment:«Kid’s club» spike",
  "mute Women's app until next monday 9am",
  "mute ios 1h30m",
  "why ios Jun 16th at 9:00\u202fAM",
  "why „Neue Nutzer“ 2 hours ago",
  "exclude ios yesterday 10pm - today 2:00",
];

/** The days on which a clock is set forward and back as well. */
const clockworks: readonly Clockwork[] = [noon, Date.UTC(2026, 2, 8, 6), Date.UTC(2026, 10, 1, 5)].map(
  (now) => ({
    now,
    zone: "America/New_York",
    toward: "future",
  }),
);

export const slashCommands: Way = {
  name: "commands",
  what: "what is typed after /tidewatch",
  share: 150_000,
  open: () => ({
    strike(dice) {
      const text = dice.chance(0.1) ? hostileText(dice, 12) : mutateText(dice.pick(samples), dice);
      const clockwork = dice.pick(clockworks);
      const command = refusedOr(() => {
        const read = parseCommand(text);
        const instants = [
          ...("at" in read && read.at ? [instantOf(read.at, 0, clockwork)] : []),
          ...("until" in read && read.until !== "recovery" ? [instantOf(read.until, 0, clockwork)] : []),
          ...("period" in read && read.period ? boundsOf(read.period, clockwork) : []),
        ];
        for (const instant of instants)
          holds(
            instant === undefined || Number.isFinite(new Date(instant).getTime()),
            "an instant that is none",
          );
        return read;
      });
      if (!command) return true;
      const written = printCommand(command);
      // What is escaped grows: one that fits may be written as one that does not.
      if (written.length > LONGEST) return false;
      const again = refusedOr(() => parseCommand(written));
      holds(
        isDeepStrictEqual(again, command),
        `${JSON.stringify(text)} is written as ${JSON.stringify(written)}, and read otherwise`,
      );
      return false;
    },
  }),
};
