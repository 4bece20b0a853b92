import { expect, test } from "vitest";
import type { Bot } from "../../src/bot.ts";
import type { Permission } from "../../src/commands/command.ts";
import { parseCommand, printCommand } from "../../src/commands/parse.ts";
import { permitting } from "../../src/commands/perform.ts";
import { commandNames, entryOf, givenNames } from "../../src/commands/table.ts";

const entries = commandNames.map((name) => ({ name, ...entryOf(name) }));

const permissions: Readonly<Record<Permission, string>> = {
  look: "everybody",
  change: "whoever may change watches",
  everywhere: "whoever may change everything",
};

/** The commands as docs/commands.md lists them. */
function listed(): string {
  const code = (text: string) => `\`${text.replaceAll("|", "\\|")}\``;
  const rows = entries.map(({ name, aliases = [], about, usage, examples, permission }) =>
    [
      [name, ...aliases].map(code).join(", "),
      about,
      usage.map(code).join("<br>"),
      examples.map(code).join("<br>"),
      permissions[permission],
    ].join(" | "),
  );
  return `# Commands

The same commands are typed in Slack after \`/tidewatch\` and at the command line after \`npm run watch --\`; a test writes this table from theirs. In Slack, \`watch\`, \`edit\` and \`import\` alone open a form; at the command line \`import\` takes a file. A name of several words needs quotes only where it could end in a setting or a time. At the command line every setting may also be typed as an option (\`--sensitivity high\`), a channel is named by its id, times are meant by \`TIME_ZONE\`, and no permission is asked for: whoever can read the keys may do everything.

| command | what it does | how it is typed | examples | who may |
|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join("\n")}
`;
}

test("docs/commands.md lists every command as the table has it", async () => {
  await expect(listed()).toMatchFileSnapshot("../../docs/commands.md");
});

test("every example is the command that it illustrates, and is written so that it is read back", () => {
  for (const { name, examples } of entries) {
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const command = parseCommand(example);
      expect(command.commandName).toBe(name);
      expect(parseCommand(printCommand(command))).toEqual(command);
    }
  }
});

test("no two commands share a name or an alias", () => {
  const all = entries.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  expect(givenNames).toEqual(all);
  expect(new Set(all).size).toBe(all.length);
});

test("a command that only looks can change nothing, not even at the command line", async () => {
  const terminal = { zone: "UTC", readFile: () => "" };
  const bot = permitting("look", { user: "ada", channel: "", terminal }, {} as Bot);
  await expect(bot.permit?.({ kind: "label", incidentId: "ios" })).rejects.toThrow("only looks");
});
