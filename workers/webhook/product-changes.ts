import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { clipped } from "../../src/adapters/http/clipped.ts";
import type { Bot } from "../../src/bot.ts";
import { scopeOf } from "../../src/commands/events.ts";
import { InputError } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { recordProductChange } from "../../src/pipeline/actions/record-product-change.ts";
import { productChangeId, WEBHOOK } from "../../src/series/product-changes.ts";
import { subjectOf } from "../../src/settings/change.ts";
import { KEPT } from "../../src/settings/limits.ts";
import type { Instant } from "../../src/time/time.ts";
import type { Page, Receiver } from "../monitoring/http.ts";
import { isSigned, signedIn } from "./standard-webhook.ts";

/** Where product changes are posted. */
export const CHANGES_PATH = "/changes";

export interface ProductChangesOptions {
  /** The secret that senders sign with: `whsec_…`. */
  readonly secret: string;
  /** The running bot; undefined during the start. */
  readonly bot: () => Bot | undefined;
  readonly wallClock: () => Instant;
  readonly log: Pick<Log, "info" | "warn">;
}

/** A product change as it is posted. */
const posted = z.strictObject({
  name: z.string(),
  app: z.string().min(1).optional(),
  workspace: z.string().min(1).optional(),
  time: z.iso
    .datetime({ offset: true, error: "must be a time such as 2026-11-30T10:00:00Z" })
    .transform((time) => Date.parse(time))
    .optional(),
  link: z.string().optional(),
});

/** A body has no use for more. */
const LONGEST_BODY = 16_384;

/** Receives `POST /changes`: signed, recent, short, and each once however often it is sent. */
export function productChangesReceiver({ secret, bot, wallClock, log }: ProductChangesOptions): Receiver {
  const refused = (status: number, why: string): Page => {
    log.warn({ status, why }, "product-change.refused");
    return answer(status, why);
  };
  return {
    longest: LONGEST_BODY,
    // Before the body is read, so that a stranger cannot make the bot read it.
    refusal(headers) {
      const signed = signedIn(headers, wallClock());
      return typeof signed === "string" ? refused(401, signed) : undefined;
    },
    async receive(headers: IncomingHttpHeaders, body: Buffer) {
      const signed = signedIn(headers, wallClock());
      if (typeof signed === "string") return refused(401, signed);
      if (!isSigned(signed, body, secret))
        return refused(
          401,
          "the signature is wrong. Sign webhook-id.webhook-timestamp.body with CHANGES_SECRET",
        );
      const running = bot();
      if (!running) return refused(503, "the bot is starting. Send it again");
      try {
        const id = await record(signed.id, body, running);
        log.info({ id }, "product-change.recorded");
        return answer(200, `recorded as ${id}`);
      } catch (error) {
        if (error instanceof InputError) return refused(422, error.message);
        throw error;
      }
    },
  };
}

/** Records a posted product change, unless one with this webhook id was recorded before. Returns its id. */
async function record(webhookId: string, body: Buffer, bot: Bot): Promise<string> {
  const { name, app, workspace, time = bot.clock(), link } = read(body);
  const digest = createHash("sha256").update(webhookId).digest("hex").slice(0, 16);
  const id = `${productChangeId(name, time).replace(/@.*/, "")}-${digest}`;
  // An undone change stays undone when its sender sends it again.
  const log = await bot.changes.since(bot.clock() - KEPT);
  if (log.some(({ changed }) => subjectOf(changed) === subjectOf({ kind: "product-change", id }))) return id;
  const scope = await scopeOf({ ...(app && { app }), ...(workspace && { workspace }) }, { bot });
  await recordProductChange({ id, name, time, scope, by: WEBHOOK, ...(link && { link }) }, bot);
  return id;
}

/** Longer than any sentence of ours. */
const LONGEST_ANSWER = 300;

/** Throws InputError for what is no product change. */
function read(body: Buffer): z.infer<typeof posted> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new InputError('the body must be JSON such as {"name": "iOS 5.2 released"}');
  }
  const parsed = posted.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".");
  const problem = `${where ? `${where}: ` : ""}${issue?.message ?? "the body cannot be read"}`;
  // The names of unknown fields are repeated, and may be as long as the body.
  throw new InputError(clipped(problem, LONGEST_ANSWER));
}

const answer = (status: number, text: string): Page => ({
  status,
  type: "text/plain; charset=utf-8",
  body: `${text}\n`,
});
