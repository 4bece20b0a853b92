import { type Attributes, SpanKind, SpanStatusCode, type Tracer } from "@opentelemetry/api";
import type { Bot } from "../../src/bot.ts";
import { seriesId } from "../../src/core/series.ts";
import { redact } from "../../src/redact.ts";

/** The same bot, with a span for each request to Braze and each message to Slack. */
export function traced(bot: Bot, tracer: Tracer): Bot {
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
    source: {
      sessions: (series, from, to) =>
        span("braze sessions", { series: seriesId(series), from: nameOf(from), to: nameOf(to) }, () =>
          source.sessions(series, from, to),
        ),
    },
    messenger: {
      ...messenger,
      post: (channel, message, options) =>
        span("slack post", { channel, message: options.messageId }, () =>
          messenger.post(channel, message, options),
        ),
      update: (ref, message, messageId) =>
        span("slack update", { channel: ref.channel, message: messageId }, () =>
          messenger.update(ref, message, messageId),
        ),
      find: (channel, messageId, ...where) =>
        span("slack find", { channel, message: messageId }, () =>
          messenger.find(channel, messageId, ...where),
        ),
    },
  };
}

const nameOf = (instant: number): string => new Date(instant).toISOString();
