import { type Attributes, SpanKind, SpanStatusCode, type Tracer } from "@opentelemetry/api";
import type { Bot } from "../../src/bot.ts";
import { decorate } from "../../src/decorate.ts";
import { redact } from "../../src/redact.ts";
import { seriesId } from "../../src/series/series.ts";

/** The same bot, with a span for each request to Braze and each message to Slack. */
export function traced<Traced extends Pick<Bot, "source" | "messenger">>(
  bot: Traced,
  tracer: Tracer,
): Traced {
  const { source, messenger } = bot;
  const span = <Answer>(name: string, attributes: Attributes, act: () => Promise<Answer>): Promise<Answer> =>
    tracer.startActiveSpan(name, { kind: SpanKind.CLIENT, attributes }, async (span) => {
      try {
        return await act();
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: redact(String(error)) });
        throw error;
      } finally {
        span.end();
      }
    });

  return {
    ...bot,
    source: decorate(source, {
      points: (call, series, from, to) =>
        span("braze series", { series: seriesId(series), from: nameOf(from), to: nameOf(to) }, call),
    }),
    messenger: decorate(messenger, {
      post: (call, channel, _, { messageId }) => span("slack post", { channel, message: messageId }, call),
      update: (call, { channel }, _, messageId) =>
        span("slack update", { channel, message: messageId }, call),
      find: (call, channel, messageId) => span("slack find", { channel, message: messageId }, call),
    }),
  };
}

const nameOf = (instant: number): string => new Date(instant).toISOString();
