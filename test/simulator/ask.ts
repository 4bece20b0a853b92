import type { Simulator } from "../../simulator/braze/server.ts";

export const KEY = "simulated-braze-key";

/** Asks a simulator as anybody with curl would. */
export async function ask(
  { url }: Pick<Simulator, "url">,
  path: string,
  query: Record<string, string | number> = {},
  key: string = KEY,
) {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) words.set(name, String(value));
  const response = await fetch(`${url}${path}?${words}`, {
    headers: key ? { authorization: `Bearer ${key}` } : {},
    redirect: "manual",
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: tryJson(text) };
}

/** The hours an answer tells, as `time=sessions`. */
export const hoursOf = ({ json }: { json: unknown }): string[] =>
  (json as { data: { time: string; sessions: number }[] }).data.map(
    ({ time, sessions }) => `${time}=${sessions}`,
  );

export const SERIES = "/sessions/data_series";

// biome-ignore lint/suspicious/noExplicitAny: whatever the answer holds
function tryJson(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
