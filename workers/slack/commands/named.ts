import { nearest } from "../../../src/adapters/slack/commands/nearest.ts";
import { shortened } from "../../../src/adapters/slack/commands/shortened.ts";
import type { Bot } from "../../../src/bot.ts";
import { InputError } from "../../../src/errors.ts";
import { type Watch, watchTitle } from "../../../src/settings/watch.ts";
import { isSameName } from "../../../src/text/same-name.ts";

/** The watch with this id or name. Throws InputError, with the one probably meant. */
export async function watchNamed(name: string, { watches }: Pick<Bot, "watches">): Promise<Watch> {
  const exact = await watches.byId(name);
  if (exact) return exact;
  const all = await watches.all();
  const found = all.filter((watch) => isSameName(watch.id, name) || isSameName(watchTitle(watch), name));
  if (found.length === 1) return found[0]!;
  if (found.length > 1)
    throw new InputError(
      `several watches are called "${shortened(name)}": ${found.map(({ id }) => `\`${id}\``).join(", ")}`,
    );
  const meant = nearest(name, [...all.map(({ id }) => id), ...all.map(watchTitle)]);
  throw new InputError(
    `there is no watch "${shortened(name)}"${meant ? `. Did you mean \`${meant}\`?` : ". `/tidewatch list` shows all watches"}`,
  );
}
