import type { OutsideAlert } from "../../notifications/outside-alert.ts";
import type { Notifier } from "../../pipeline/ports/destinations.ts";
import { HOUR, MINUTE } from "../../time/time.ts";
import type { Call } from "../http/client.ts";

export interface AlertmanagerOptions {
  /** The address of Alertmanager, without `/api/v2`. */
  readonly url: URL;
  /** More labels on each alert, by which Alertmanager routes. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly call: Call;
  /** Who may call it, if not everybody. */
  readonly authorization?: string;
}

/** Alertmanager forgets alerts when it restarts, so that open ones are repeated. */
const REPEAT_EVERY = 5 * MINUTE;

/** How long an alert stays open that is not repeated: longer than a restart of Tidewatch takes. */
const OPEN_FOR = 4 * HOUR;

/** Posts alerts to Alertmanager's API v2. An alert is known by its labels, so they never change while it is open. */
export const alertmanagerNotifier = ({
  url,
  labels = {},
  call,
  authorization,
}: AlertmanagerOptions): Notifier => {
  const headers = authorization ? { authorization } : {};
  return {
    isIdempotent: true,
    repeatEvery: REPEAT_EVERY,
    async send(alert) {
      await call(new URL("api/v2/alerts", slashed(url)), {
        headers,
        body: JSON.stringify([alertOf(alert, labels)]),
      });
    },
    async check() {
      const { body } = await call(new URL("api/v2/status", slashed(url)), { method: "GET", headers });
      return `Alertmanager${versionIn(body)} answers at ${url.host}`;
    },
  };
};

/** The severity is an annotation, since a label that changes would make another alert. */
function alertOf(alert: OutsideAlert, more: Readonly<Record<string, string>>) {
  const { action, key, at, since, severity, summary, details, links, kind, incidents } = alert;
  const [first] = incidents;
  return {
    labels: {
      ...more,
      alertname: "Tidewatch",
      alert: key,
      kind,
      ...(first && { workspace: first.workspace, direction: first.direction }),
    },
    annotations: {
      summary,
      severity,
      ...(details.length > 0 && { description: details.join("\n") }),
      ...Object.fromEntries(links.map(({ label, address }) => [label.toLowerCase(), address])),
    },
    startsAt: new Date(since).toISOString(),
    endsAt: new Date(action === "resolve" ? at : at + OPEN_FOR).toISOString(),
  };
}

const slashed = (url: URL): URL => (url.pathname.endsWith("/") ? url : new URL(`${url.href}/`));

function versionIn(body: string): string {
  try {
    const { versionInfo } = JSON.parse(body) as { versionInfo?: { version?: unknown } };
    return typeof versionInfo?.version === "string" ? ` ${versionInfo.version}` : "";
  } catch {
    return "";
  }
}
