import { createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The keys that the simulated destinations take. */
export const secrets = {
  routingKey: "simulatedroutingkey0123456789abc",
  token: "simulated-incident-io-token",
  apiKey: "simulated-jira-key",
  webhook: `whsec_${Buffer.from("simulated webhook secret of 32 b").toString("base64")}`,
} as const;

/** A request that was taken. */
export interface Received {
  readonly kind: Kind;
  readonly at: number;
  readonly action: "trigger" | "acknowledge" | "resolve";
  /** The name of the alert. */
  readonly key: string;
  readonly summary: string;
  /** Where the kind names messages. */
  readonly messageId?: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

interface Taking {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Read = Pick<Received, "action" | "key" | "summary" | "messageId">;

interface Taker {
  /** What the paths of its requests begin with, and the address by which it is configured. */
  readonly path: string;
  readonly address: string;
  readonly accepted: number;
  readonly isAllowed: (taking: Taking) => boolean;
  readonly read: (body: never, taking: Taking) => Read;
}

interface PagerDutyEvent {
  readonly routing_key: string;
  readonly event_action: Read["action"];
  readonly dedup_key: string;
  readonly payload?: { readonly summary: string };
}
interface PostedAlert {
  readonly labels: { readonly alert: string };
  readonly annotations: { readonly summary: string };
  readonly endsAt: string;
}

/** Each kind, and how it reads a request. */
export const kinds = {
  pagerduty: {
    path: "/v2/enqueue",
    address: "/v2/enqueue",
    accepted: 202,
    isAllowed: ({ body }) => (JSON.parse(body) as PagerDutyEvent).routing_key === secrets.routingKey,
    read: ({ event_action, dedup_key, payload }: PagerDutyEvent) => ({
      action: event_action,
      key: dedup_key,
      summary: payload?.summary ?? "",
    }),
  },
  "incident.io": {
    path: "/v2/alert_events/http/",
    address: "/v2/alert_events/http/",
    accepted: 202,
    isAllowed: ({ headers }) => headers.authorization === `Bearer ${secrets.token}`,
    read: (event: { status: string; deduplication_key: string; title: string }) => ({
      action: event.status === "resolved" ? "resolve" : "trigger",
      key: event.deduplication_key,
      summary: event.title,
    }),
  },
  jira: {
    path: "/jsm/ops/integration/v2/alerts",
    address: "/jsm/ops/integration/v2/alerts",
    accepted: 202,
    isAllowed: ({ headers }) => headers.authorization === `GenieKey ${secrets.apiKey}`,
    read: (body: { alias?: string; message?: string }, { path }) => {
      const [, alias, act] = /\/alerts\/([^/]+)\/(close|acknowledge)\?identifierType=alias$/.exec(path) ?? [];
      if (alias === undefined)
        return { action: "trigger", key: body.alias ?? "", summary: body.message ?? "" };
      return {
        action: act === "close" ? "resolve" : "acknowledge",
        key: decodeURIComponent(alias),
        summary: "",
      };
    },
  },
  alertmanager: {
    path: "/api/v2/",
    address: "",
    accepted: 200,
    isAllowed: () => true,
    read: ([alert]: readonly [PostedAlert]) => ({
      action: "trigger",
      key: alert.labels.alert,
      summary: alert.annotations.summary,
    }),
  },
  webhook: {
    path: "/hook",
    address: "/hook",
    accepted: 204,
    isAllowed: ({ headers, body }) =>
      headers["webhook-signature"] ===
      `v1,${createHmac("sha256", Buffer.from(secrets.webhook.slice(6), "base64"))
        .update(`${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`)
        .digest("base64")}`,
    read: (event: { id: string; type: string; subject: string; data: { summary: string } }) => ({
      action: event.type.endsWith(".triggered")
        ? "trigger"
        : event.type.endsWith(".resolved")
          ? "resolve"
          : "acknowledge",
      key: event.subject,
      summary: event.data.summary,
      messageId: event.id,
    }),
  },
} as const satisfies Record<string, Taker>;

/** A kind of destination that takes requests over HTTP. */
export type Kind = keyof typeof kinds;

/** Reads a request, and says why it is refused if it is. */
export function takeBy(
  kind: Kind,
  taking: Taking,
  now: number,
): {
  readonly received: Omit<Received, "at">;
  readonly refusal?: { readonly status: number; readonly why: string };
} {
  const { read, isAllowed }: Taker = kinds[kind];
  const body = JSON.parse(taking.body) as unknown;
  const received = {
    kind,
    headers: taking.headers,
    body,
    ...readOf(kind, read(body as never, taking), body, now),
  };
  return isAllowed(taking)
    ? { received }
    : { received, refusal: { status: 401, why: "the key is not valid" } };
}

/** Alertmanager goes by the end of an alert. */
const readOf = (kind: Kind, read: Read, body: unknown, now: number): Read =>
  kind === "alertmanager" && Date.parse((body as [PostedAlert])[0].endsAt) <= now + 60_000
    ? { ...read, action: "resolve" }
    : read;
