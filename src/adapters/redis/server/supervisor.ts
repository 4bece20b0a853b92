import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

// A shell stands between this process and the server. It reads from a pipe that nobody writes to: when this process
// ends, however it ends, the kernel closes the pipe. Then it reads in the same way from a named pipe that other
// processes hold open for as long as they use the server. When that ends too, so does the server. It is told again
// each second, since Redis does not listen while it writes its first file.
const WATCHDOG = `
users=$1 scratch=$2
shift 2
rm -f "$users"
mkfifo -m 600 "$users" || exit 1
exec 3<&0 </dev/null 4<>"$users" 5<"$users" 4>&-
"$@" 3<&- 5<&- &
server=$!
{
  cat <&3
  cat <&5
  rm -f "$users"
  for second in 1 2 3 4 5 6 7 8 9; do kill "$server"; sleep 1; done
  kill -9 "$server"
} >/dev/null 2>&1 &
watcher=$!
exec 3<&- 5<&-
wait "$server"
kill "$watcher" 2>/dev/null
rm -f "$users"
[ -z "$scratch" ] || rm -rf "$scratch"
`;

/** A process that is gone when this one is, even if this one is killed, unless others still use it. */
export interface Watched {
  hasEnded(): boolean;
  /** The end of what it printed. */
  printed(): string;
  /** Lets it go, and waits until it has ended, `timeout` milliseconds at most. Answers whether it has. */
  release(timeout: number): Promise<boolean>;
  /** Ends it at once, with all that it started. */
  kill(): void;
}

export interface WatchOptions {
  /** Where to put the named pipe that keeps it alive while others hold it open. */
  readonly users: string;
  /** A folder to remove when it has ended. */
  readonly scratch?: string | undefined;
}

/** Starts a program that lives no longer than this process and those that hold the pipe `users` open. */
export function startWatched(command: readonly string[], { users, scratch = "" }: WatchOptions): Watched {
  const child: ChildProcess = spawn("sh", ["-c", WATCHDOG, "tidewatch-redis", users, scratch, ...command], {
    stdio: ["pipe", "pipe", "pipe"],
    // In a session of its own, Ctrl-C does not end it before those who still write to it.
    detached: true,
  });
  const ended = once(child, "exit").catch(() => {});
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      printed = (printed + chunk).slice(-2_000);
    });
  }
  // It does not keep this process from ending.
  child.unref();
  for (const pipe of child.stdio) (pipe as { unref?: () => void } | null)?.unref?.();
  // A closed pipe is how this ends; nothing is ever written to it.
  child.stdin?.on("error", () => {});
  child.once("exit", () => child.stdin?.destroy());

  const hasEnded = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  return {
    hasEnded,
    printed: () => printed.trim(),
    async release(timeout) {
      child.ref();
      child.stdin?.end();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, timeout);
      });
      await Promise.race([ended, late]);
      clearTimeout(timer);
      child.unref();
      return hasEnded();
    },
    kill() {
      if (!hasEnded()) process.kill(-child.pid!, "SIGKILL");
    },
  };
}
