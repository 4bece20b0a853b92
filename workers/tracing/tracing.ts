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
  /** Carries a trace from a job to the jobs that it adds. */
  readonly telemetry: Telemetry;
  /** Sends what is still pending. */
  stop(): Promise<void>;
}

/** Starts sending traces by OTLP over HTTP. One per process, because OpenTelemetry uses globals. */
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
      // An unreachable collector must not block a stop.
      await provider.shutdown().catch(() => {});
      for (const api of [context, propagation, trace]) api.disable();
    },
  };
}
