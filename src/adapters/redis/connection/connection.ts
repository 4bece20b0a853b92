import { Cluster, Redis } from "ioredis";
import { InputError } from "../../../errors.ts";
import type { Log } from "../../../log.ts";
import { keepSecret, redact } from "../../../redact.ts";
import { ADDRESS_FORMS, type Address, readAddress } from "./address.ts";
import { stoppable } from "./endable.ts";
import { inOneWrite } from "./in-one-write.ts";
import { reconnecting } from "./reconnecting.ts";

/** The longest wait before a lost connection is tried again, in milliseconds. */
const LONGEST_PAUSE = 2_000;

/**
 * How long a command may go without an answer before the connection counts as lost, in milliseconds: when a cable is
 * cut, the system notices only after a quarter of an hour. BullMQ waits for jobs for ten seconds at a time.
 */
const LONGEST_SILENCE = 60_000;

/** How often and how long a command is retried while a replica of a cluster takes over: two minutes. */
const FAIL_OVER = { times: 240, pause: 500 } as const;

export interface ConnectOptions {
  /** @default 60_000 */
  readonly silence?: number;
  /** Whether commands fail at once with Redis' answer, instead of waiting for recovery. @default false */
  readonly isProbe?: boolean;
}

/**
 * Opens a connection for workers that run for years: it reconnects whenever Redis is back, commands wait for it, and
 * its loss and its return are logged once each. Throws InputError for an invalid address.
 */
export function connect(
  url: string,
  log: Pick<Log, "info" | "error">,
  { silence = LONGEST_SILENCE, isProbe = false }: ConnectOptions = {},
): Redis {
  const address = readAddress(url);
  if (!address) throw new InputError(`the address of Redis cannot be understood: write ${ADDRESS_FORMS}`);
  keepSecrets(url, address);
  const host = address.nodes.map((node) => node.host).join();
  let isLost = false;
  const redis = open(address, silence, isProbe);
  redis.on("error", (error: Error) => {
    if (isLost) return;
    isLost = true;
    const reason = redact(reasonOf(error));
    log.error({ redis: host, error: reason, advice: adviceOn(reason) }, "redis.unreachable");
  });
  redis.on("ready", () => {
    if (isLost) log.info({ redis: host }, "redis.back");
    isLost = false;
  });
  return redis;
}

function open(
  { kind, nodes, tls, username, password, db, name, sentinelPassword }: Address,
  silence: number,
  isProbe: boolean,
): Redis {
  const options = {
    ...(username && { username }),
    ...(password && { password }),
    ...(tls && { tls: {} }),
    // BullMQ's workers block on their connection for ever, and need it so.
    maxRetriesPerRequest: isProbe ? 0 : null,
    // By default the client waits silently until Redis has loaded its data.
    enableReadyCheck: !isProbe,
    socketTimeout: silence,
  };
  const following = {
    ...options,
    ...(db && { db }),
    retryStrategy: pauseBefore,
    // A replica that was a master a moment ago refuses writes: find the new master, and repeat the command.
    reconnectOnError: (error: Error) =>
      !isProbe && error.message.startsWith("READONLY") ? (2 as const) : false,
  };
  switch (kind) {
    case "single":
      return inOneWrite(stoppable(new Redis({ ...nodes[0]!, ...following })));
    case "sentinel":
      return inOneWrite(
        stoppable(
          new Redis({
            ...following,
            sentinels: nodes.map((node) => ({ ...node })),
            name: name!,
            sentinelRetryStrategy: pauseBefore,
            ...(sentinelPassword && { sentinelPassword }),
            ...(tls && { enableTLSForSentinelMode: true }),
          }),
        ),
      );
    case "cluster": {
      // A cluster takes the same commands; those for particular servers go to `mastersOf`.
      const cluster = new Cluster(
        nodes.map((node) => ({ ...node })),
        {
          redisOptions: options,
          clusterRetryStrategy: pauseBefore,
          maxRedirections: isProbe ? 3 : FAIL_OVER.times,
          retryDelayOnFailover: FAIL_OVER.pause,
          retryDelayOnClusterDown: FAIL_OVER.pause,
          retryDelayOnTryAgain: FAIL_OVER.pause,
          slotsRefreshTimeout: LONGEST_PAUSE,
          // The certificate is for the name, which a look-up would lose.
          dnsLookup: (host, callback) => callback(null, host),
        },
      );
      return inOneWrite(stoppable(reconnecting(cluster))) as unknown as Redis;
    }
  }
}

// Random, so that many workers do not reconnect all at once.
const pauseBefore = (attempt: number): number =>
  Math.min(LONGEST_PAUSE, 50 * 2 ** Math.min(attempt, 6)) * (0.75 + Math.random() / 4);

function keepSecrets(url: string, { password, sentinelPassword }: Address): void {
  const written = /:([^:@/\s]*)@/.exec(url)?.[1];
  // The URL may contain it in an encoded form.
  for (const secret of [written, password, sentinelPassword]) if (secret) keepSecret(secret);
}

// An unreachable cluster reports that alone, and hides the reason.
function reasonOf(error: Error & { lastNodeError?: Error }): string {
  const because = error.lastNodeError?.message;
  return because ? `${error.message} (${because})` : error.message || String(error);
}

function adviceOn(error: string): string {
  const goesOn = "work goes on by itself as soon as it answers.";
  if (/NOAUTH|WRONGPASS/.test(error)) return `Check the user and the password in REDIS_URL; ${goesOn}`;
  if (/ENOTFOUND|EAI_AGAIN/.test(error)) return `Check the host's name in REDIS_URL, and DNS; ${goesOn}`;
  if (/certificate|SSL|TLS/i.test(error))
    return `Check whether REDIS_URL has to begin with redis or rediss (TLS), and the certificate; ${goesOn}`;
  if (/sentinel/i.test(error))
    return `Check the sentinels and the name of the master in REDIS_URL; ${goesOn}`;
  return `Check that Redis runs and that REDIS_URL is right; ${goesOn}`;
}
