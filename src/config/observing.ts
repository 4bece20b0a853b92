import type { z } from "zod";
import { keepSecret } from "../redact.ts";
import type { commonSettings } from "./settings.ts";

/** The page that shows the queues. */
export interface BoardConfig {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** The password for the browser, with any user name; secret. */
  readonly password: string;
  /** Whether jobs may be retried, removed or promoted there. */
  readonly mayChange: boolean;
}

/** Where traces are sent. */
export interface TracingConfig {
  /** The collector's address; traces go to `/v1/traces` below it. */
  readonly endpoint: string;
  /** HTTP headers such as the collector's key; secret. */
  readonly headers?: Readonly<Record<string, string>>;
}

type Set = z.infer<typeof commonSettings>;

/** Undefined when no password is set. */
export function boardOf(set: Set): BoardConfig | undefined {
  const { BULL_BOARD_PASSWORD: password, BULL_BOARD_HOST: host, BULL_BOARD_PORT: port } = set;
  if (password === undefined) return undefined;
  keepSecret(password);
  return { host, port, password, mayChange: set.BULL_BOARD_CHANGES === "yes" };
}

/** Undefined when no collector is set. */
export function tracingOf(set: Set): TracingConfig | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers } = set;
  if (endpoint === undefined) return undefined;
  for (const secret of Object.values(headers ?? {})) keepSecret(secret);
  return { endpoint, ...(headers && { headers }) };
}
