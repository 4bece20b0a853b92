import { PermanentError, TransientError } from "../../errors.ts";
import { redact } from "../../redact.ts";
import { type TestStep, testSteps } from "../../text/sample.ts";
import type { Instant } from "../../time/time.ts";
import type { Context } from "../context.ts";
import { sendSample } from "../delivering/send-sample.ts";
import { postOnce } from "../notifying/idempotent-post.ts";
import type { Block, Message } from "../ports/messages.ts";
import { sampleChart, sampleOf } from "./sample-alert.ts";

/** What a test alert came to. */
export interface Tested {
  readonly steps: readonly TestStep[];
  readonly hasRoutes: boolean;
}

/** Posts a sample alert in a channel, edits it as a resolved one, and sends it by the routes of the channel. */
export async function testAlert(channel: string, context: Context): Promise<Tested> {
  const { clock, wallClock, messenger } = context;
  const at = clock();
  // Each test is a message of its own, even while the clock of the bot stands still.
  const messageId = `test/${channel}/${wallClock()}`;
  const chart = await drawnSample(at, context);
  const sample = (isOver: boolean): Message => ({
    ...context.renderer.sample(sampleOf(channel, at, isOver)),
    chartImages: chart.images,
  });
  const posted = await tried(testSteps.posted(channel), () =>
    postOnce(channel, sample(false), { messageId }, context),
  );
  const { done: ref } = posted;
  const edited = ref && (await tried(testSteps.edited, () => messenger.update(ref, sample(true), messageId)));
  const sent = await sendSample(channel, context);
  const outside = sent.map(({ destination, failed }) => ({
    what: testSteps.sent(destination),
    ...(failed !== undefined && { failed }),
  }));
  return {
    steps: [chart.step, posted.step, ...(edited ? [edited.step] : []), ...outside],
    hasRoutes: sent.length > 0,
  };
}

/** The chart of the sample as a message shows it; without an image, a substitute, and why there is none. */
async function drawnSample(
  at: Instant,
  { draw }: Pick<Context, "draw">,
): Promise<{ readonly images: readonly Block[]; readonly step: TestStep }> {
  let failed: string | undefined;
  const images = await draw(sampleChart(at), (error) => {
    failed = redact(error instanceof Error ? error.message : String(error));
  });
  return { images, step: { what: testSteps.drawn, ...(failed !== undefined && { failed }) } };
}

async function tried<Done>(
  what: TestStep["what"],
  work: () => Promise<Done>,
): Promise<{ readonly step: TestStep; readonly done?: Done }> {
  try {
    return { step: { what }, done: await work() };
  } catch (error) {
    if (!(error instanceof PermanentError || error instanceof TransientError)) throw error;
    return { step: { what, failed: redact(`${error.message}. ${error.advice}`) } };
  }
}
