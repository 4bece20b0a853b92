import { context, propagation, type Tracer, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import type { Telemetry } from "bullmq";
import { BullMQOtel } from "bullmq-otel";
import type { TracingConfig } from "../../src/config/observing.ts";

export interface Tracing {
  readonly tracer: Tracer;
  /** What carries a trace from the job that adds another to the one that is added. */
  readonly telemetry: Telemetry;
  /** Sends what is not sent yet. */
  stop(): Promise<void>;
}

/** Begins to send traces by OTLP over HTTP. One a process, since OpenTelemetry is reached through globals. */
export function startTracing({ endpoint, headers }: TracingConfig): Tracing {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, "")}/v1/traces`,
    ...(headers && { headers }),
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "tidewatch" }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    tracer: trace.getTracer("tidewatch"),
    telemetry: new BullMQOtel({ tracerName: "tidewatch" }),
    async stop() {
      // A collector that is gone keeps nobody from stopping.
      await provider.shutdown().catch(() => {});
      for (const api of [context, propagation, trace]) api.disable();
    },
  };
}
