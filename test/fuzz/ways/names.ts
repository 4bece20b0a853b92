import { words } from "../../../src/adapters/chart/markup.ts";
import { drawableTitle } from "../../../src/adapters/chart/names.ts";
import { lengthOf, safeName } from "../../../src/adapters/slack/blocks/names.ts";
import { createLog } from "../../../src/log.ts";
import { printable } from "../../../src/printable.ts";
import { redact } from "../../../src/redact.ts";
import { watchId } from "../../../src/settings/watch.ts";
import { hostileText, SECRET } from "../hostile.ts";
import { holds, type Way } from "../way.ts";

const WIDTH = 40;
/** What a terminal obeys, and what turns the direction of what follows. */
const OBEYED = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

export const names: Way = {
  name: "names",
  what: "names people gave, on their way into Slack, logs, terminals, pictures and ids",
  share: 50_000,
  open() {
    const lines: string[] = [];
    const log = createLog("info", { write: (line) => lines.push(line) });
    return {
      strike(dice) {
        const name = hostileText(dice, 12);
        const inSlack = safeName(name, WIDTH);
        holds(!/[<>]/.test(inSlack) && !/&(?!amp;|lt;|gt;)/.test(inSlack), `markup in Slack: ${inSlack}`);
        // Two isolates around what is read from the right are more than the width.
        holds(lengthOf(inSlack) <= WIDTH + 2, `${lengthOf(inSlack)} letters of ${WIDTH}`);
        holds(!/[\u202a-\u202e]/.test(inSlack) && !/\p{Cc}/u.test(inSlack), "a control sign in Slack");

        const title = drawableTitle([name], WIDTH);
        holds(/^<text>[^<>]*<\/text>$|^<text\/>$/.test(words(title, {})), `markup in a picture: ${title}`);

        log.info({ name }, "names.seen");
        const line = lines.pop()!;
        holds(line.endsWith("\n") && !/\p{Cc}/u.test(line.slice(0, -1)), "more than one line of log");
        holds(!line.includes(SECRET), "a secret in the log");

        const shown = printable(redact(name));
        holds(
          !OBEYED.test(shown) && !shown.includes(SECRET),
          `a terminal would obey: ${JSON.stringify(shown)}`,
        );
        holds(/^[a-z0-9-]{1,43}$/.test(watchId(name, new Set())), "an id that is none");
        return false;
      },
    };
  },
};
