import { z } from "zod";
import type { Bot } from "../../bot.ts";
import { quoted } from "../../commands/grammar/words.ts";
import { watchNamed } from "../../commands/named.ts";
import { parseCommand } from "../../commands/parse.ts";
import { perform } from "../../commands/perform.ts";
import { entryOf } from "../../commands/table.ts";
import { InputError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { incidentsSince, seriesOf } from "../../pipeline/reports/for-assistants.ts";
import { plainAnswer } from "../../text/answers/answer.ts";
import { DAY } from "../../time/time.ts";

/** What a tool works with. */
export interface ToolContext {
  readonly bot: Bot;
  readonly log: Log;
  /** The IANA zone by which times are meant. */
  readonly zone: string;
}

/** Something that an assistant may ask. It can change nothing. */
export interface Tool<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly about: string;
  readonly input: Shape;
  run(input: z.output<z.ZodObject<Shape>>, context: ToolContext): Promise<string>;
}

const tool = <Shape extends z.ZodRawShape>(one: Tool<Shape>): Tool<Shape> => one;

const watch = z.string().min(1).max(200).describe("The name of the watch, by its id or title, such as ios");
const time = z
  .string()
  .max(60)
  .describe('An hour as people write it, such as "yesterday 14:00", "5h" or "2026-11-24T09:00"');

/** Answers as `/tidewatch` does; a command that could change something is refused. */
async function asked(typed: string, { bot, log, zone }: ToolContext): Promise<string> {
  const command = parseCommand(typed);
  if (entryOf(command.commandName).permission !== "look")
    throw new InputError("this server only reads. Use /tidewatch in Slack to change something");
  const readFile = () => {
    throw new InputError("this server reads no files");
  };
  const actor = { user: "an assistant", channel: "", terminal: { zone, readFile } };
  return plainAnswer(await perform(command, actor, { bot, log }));
}

const json = (value: unknown): string => JSON.stringify(value, null, 1);

/** All that an assistant may ask, by name. */
export const tools = {
  watches: tool({
    about: "All watches: what is watched, for which channel, and how sensitively",
    input: {},
    run: (_, context) => asked("list", context),
  }),
  health: tool({
    about: "Open incidents, health issues, series without data, and mutes at this moment",
    input: {},
    run: (_, context) => asked("status", context),
  }),
  incidents: tool({
    about: "Incidents since a day, with severity, numbers, label and who acknowledged them, newest first",
    input: {
      watch: watch.optional(),
      since: z.iso.date().optional().describe("The first day, such as 2026-11-24; left out: 30 days ago"),
    },
    run: async ({ watch: name, since }, { bot }) => {
      const only = name === undefined ? undefined : await watchNamed(name, bot);
      return json(await incidentsSince(only, since ? Date.parse(since) : bot.clock() - 30 * DAY, bot));
    },
  }),
  series: tool({
    about:
      "The newest hours (or days) of a watch: what was counted, what was expected, and the expected range",
    input: { watch, buckets: z.number().int().min(1).max(336).default(48) },
    run: async ({ watch: name, buckets }, { bot }) =>
      json(await seriesOf(await watchNamed(name, bot), buckets, bot)),
  }),
  why: tool({
    about:
      "Why an hour of a watch did or did not alert: the counts of past weeks, the score and the threshold",
    input: { watch, at: time.optional() },
    run: ({ watch: name, at }, context) => asked(`why ${quoted(name)}${at ? ` ${at}` : ""}`, context),
  }),
  backtest: tool({
    about: "When a watch would have alerted in the last 8 weeks, with its settings or with others",
    input: {
      watch,
      sensitivity: z
        .string()
        .regex(/^(low|normal|high|\d{1,4}\/month)$/)
        .optional()
        .describe("low, normal, high, or the false alarms a month that people accept, such as 2/month"),
    },
    run: ({ watch: name, sensitivity }, context) =>
      asked(`preview ${quoted(name)}${sensitivity ? ` sensitivity:${sensitivity}` : ""}`, context),
  }),
} satisfies Record<string, Tool<never> | object>;
