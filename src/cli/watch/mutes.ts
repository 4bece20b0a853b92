import { InputError } from "../../errors.ts";
import type { Mute, MuteScope } from "../../notifications/mute.ts";
import { scopeName } from "../../notifications/mute.ts";
import { mute, unmute } from "../../pipeline/actions/mute.ts";
import type { SettingDeps } from "../../pipeline/actions/setters.ts";
import { mutesInForce } from "../../pipeline/notifying/suppression.ts";
import type { Workspace } from "../../series/workspace.ts";
import type { Instant } from "../../time/time.ts";
import { instantOf, minuteName } from "../instant.ts";
import { USAGE, type WatchValues, workspaceFor } from "./options.ts";

/** Who types, where, and the clock to use. */
export interface Typist {
  readonly name: string;
  readonly workspaces: readonly Pick<Workspace, "name">[];
  readonly zone: string;
  readonly now: Instant;
}

/** `mute WATCH|--app ID|--channel ID [--until …]`: mutes, and returns what was muted. */
export async function muteCommand(
  watch: string | undefined,
  values: WatchValues,
  typist: Typist,
  deps: SettingDeps,
): Promise<string> {
  const until = values.until ?? "recovery";
  const { changed } = await mute(
    {
      scope: scopeOf(watch, values, typist.workspaces),
      until: until === "recovery" ? until : instantOf(until, { ...typist, toward: "future" }),
      by: values.by ?? typist.name,
    },
    deps,
  );
  return `muted ${muteLine(changed.after)}`;
}

/** `unmute WATCH|--app ID|--channel ID`: removes a mute. */
export async function unmuteCommand(
  watch: string | undefined,
  values: WatchValues,
  typist: Typist,
  deps: SettingDeps,
): Promise<string> {
  const scope = scopeOf(watch, values, typist.workspaces);
  await unmute(scope, values.by ?? typist.name, deps);
  return `unmuted ${scopeName(scope)}`;
}

/** `mutes`: lists all current mutes. */
export const mutesCommand = async (deps: SettingDeps): Promise<string> =>
  (await mutesInForce(deps)).map(muteLine).join("\n") || "no mutes";

function scopeOf(
  watch: string | undefined,
  values: WatchValues,
  workspaces: Typist["workspaces"],
): MuteScope {
  const { app, channel } = values;
  const named: MuteScope[] = [
    ...(watch ? [{ kind: "watch", watch } as const] : []),
    ...(app ? [{ kind: "app", workspace: workspaceFor(values, workspaces), app } as const] : []),
    ...(channel ? [{ kind: "channel", channel } as const] : []),
  ];
  if (named.length !== 1) throw new InputError(`name one watch, --app or --channel\n\n${USAGE}`);
  return named[0]!;
}

const muteLine = ({ scope, by, at, until, incidents }: Mute): string =>
  [
    scopeName(scope),
    until === "recovery" ? `until ${incidents.join(", ")} resolves` : `until ${minuteName(until)}`,
    `by ${by}`,
    `since ${minuteName(at)}`,
  ].join("  ");
