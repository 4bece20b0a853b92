import type { Bot } from "../../../src/bot.ts";
import { DAY } from "../../../src/time/time.ts";
import { productChangesReceiver } from "../../../workers/webhook/product-changes.ts";
import { aWatch, noon } from "../../support/builders.ts";
import { CHANGES_SECRET, signedHeaders } from "../../support/webhook.ts";
import type { Dice } from "../dice.ts";
import { hostileJson, hostileText, mutateBytes, mutateJson, mutateText, SECRET } from "../hostile.ts";
import { holds, type Way } from "../way.ts";

const sample = {
  name: "iOS 5.2 released",
  app: "ios",
  workspace: "main",
  time: new Date(noon).toISOString(),
  link: "https://github.test/releases/5.2",
};

/** Stores in memory: a hundred thousand cases would take hours with a Redis, and none of them writes there. */
function aBot(): { bot: Bot; recorded: unknown[] } {
  const recorded: unknown[] = [];
  const some = (all: readonly unknown[]) => ({ all: async () => all });
  const bot = {
    clock: () => noon,
    workspaces: [{ name: "main", zone: "UTC" }],
    apps: some([]),
    watches: some([aWatch({ series: { workspace: "main", app: "ios", unit: "hour" } })]),
    productChanges: { all: async () => [], forget: async () => {} },
    changes: {
      since: async () => [],
      record: async (changes: readonly unknown[]) => {
        recorded.push(...changes);
        return "recorded";
      },
    },
  };
  return { bot: bot as unknown as Bot, recorded };
}

export const webhooks: Way = {
  name: "webhooks",
  what: "product changes by POST /changes: forged, damaged, and signed with hostile contents",
  share: 100_000,
  open() {
    const { bot, recorded } = aBot();
    const log = { info: () => {}, warn: () => {} };
    const { refusal, receive } = productChangesReceiver({
      secret: CHANGES_SECRET,
      bot: () => bot,
      wallClock: () => noon,
      log: log as never,
    });
    return {
      async strike(dice) {
        const before = recorded.length;
        const body = bodyOf(dice);
        const isForged = dice.chance(0.4);
        const right = signedHeaders(`msg_${dice.int(1_000_000)}`, noon, body);
        const headers = isForged ? forged(right, dice) : right;
        const { status, body: answered } = refusal(headers) ?? (await receive(headers, body));
        holds([200, 401, 422].includes(status), `an answer of status ${status}: ${answered}`);
        holds(status === 200 || recorded.length === before, "a refused change was recorded");
        holds(!isForged || status === 401, `a forged change was answered with ${status}`);
        holds(
          !answered.includes(CHANGES_SECRET) && answered.length < 3_000,
          `a secret, or no end: ${answered}`,
        );
        for (const change of recorded.splice(0)) checkRecorded(change);
        return status !== 200;
      },
    };
  },
};

function bodyOf(dice: Dice): Buffer {
  const text = dice.pick([
    () => hostileJson(dice),
    () => mutateJson(sample, dice),
    () => mutateJson(sample, dice),
    () => mutateText(JSON.stringify(sample), dice),
    () => JSON.stringify({ ...sample, name: hostileText(dice) }),
    () => JSON.stringify({ ...sample, [dice.pick(Object.keys(sample))]: hostileText(dice, 3) }),
    () => JSON.stringify({ name: SECRET }),
  ])();
  const bytes = Buffer.from(text);
  return dice.chance(0.2) ? mutateBytes(bytes, dice) : bytes;
}

/** The headers with one of them damaged, of another time, or for another body. */
function forged(right: Record<string, string>, dice: Dice): Record<string, string> {
  const {
    "webhook-id": id,
    "webhook-timestamp": time,
    "webhook-signature": signature,
  } = right as {
    "webhook-id": string;
    "webhook-timestamp": string;
    "webhook-signature": string;
  };
  const seconds = Number(time) + dice.pick([-301, 301, -86_400, 1, -1, 10 ** 9]);
  const flipped = Buffer.from(signature.slice(3), "base64");
  flipped[dice.int(flipped.length)]! ^= 1 + dice.int(255);
  return dice.pick([
    () => ({ ...right, "webhook-id": `${id}1` }),
    () => ({ ...right, "webhook-timestamp": String(seconds) }),
    () => ({ ...right, "webhook-signature": `v1,${flipped.toString("base64")}` }),
    () => ({ ...right, "webhook-signature": `v1a,${signature.slice(3)}` }),
    () => ({ ...right, "webhook-signature": "v1," }),
    () => ({ ...right, "webhook-signature": "" }),
    () => signedHeaders(id, noon, "another body"),
    () => signedHeaders(id, noon, "{}", `whsec_${Buffer.alloc(24, dice.int(256)).toString("base64")}`),
  ])();
}

function checkRecorded(change: unknown): void {
  const { after } = (change as { changed: { after: Record<string, unknown> } }).changed;
  const { name, time, link } = after as { name: string; time: number; link?: string };
  holds(name.trim() !== "" && name.length <= 80, `a name of ${name.length} characters`);
  holds(Math.abs(time - noon) <= 91 * DAY, `a time of ${time}`);
  holds(link === undefined || link.startsWith("https://"), `a link to ${link}`);
}
