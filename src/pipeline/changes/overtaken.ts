import { InputError } from "../../errors.ts";
import type { App } from "../../series/app.ts";
import { versionOf } from "../../series/fingerprint.ts";
import { type Change, type Changed, subjectOf } from "../../settings/change.ts";
import { KEPT } from "../../settings/limits.ts";
import type { Watch } from "../../settings/watch.ts";
import { requestOf } from "../actions/watch-request.ts";
import type { Context } from "../context.ts";

/** Thrown when a setting changed while a form showed it; nothing of the form was saved. */
export class OvertakenError extends InputError {
  /** The changes since, newest first; empty if none was recorded. */
  readonly changes: readonly Change[];
  constructor(changes: readonly Change[]) {
    super("somebody changed this after you opened the form, so nothing was saved. Open the form again");
    this.changes = changes;
  }
}

/** A setting as a form shows it: without fields that no form changes. */
interface Shown {
  readonly subject: Changed;
  readonly seen: (thing: Changed["after"]) => unknown;
}

/** The settings that the form of a watch shows: the watch, and the names and zone of its app. */
const shownOf = ({ id, series: { workspace, app = "all" } }: Watch): readonly Shown[] => [
  { subject: { kind: "watch", watchId: id }, seen: (watch) => watch && requestOf(watch as Watch) },
  { subject: { kind: "app", workspace, app }, seen: (named) => named },
];

/** The version of a watch that its form shows, as a short text that differs after any change. */
export function shownVersion(watch: Watch, apps: readonly App[]): string {
  const { workspace, app } = watch.series;
  const named = apps.find((one) => one.workspace === workspace && one.app === app);
  return shownOf(watch)
    .map(({ seen }, i) => versionOf(seen(i === 0 ? watch : named)))
    .join(".");
}

/** Throws OvertakenError, with the changes, when a watch differs from the version that the form showed. */
export async function refuseOvertaken(
  version: string,
  watch: Watch,
  { apps, changes, clock }: Pick<Context, "apps" | "changes" | "clock">,
): Promise<void> {
  const [was, now] = [version, shownVersion(watch, await apps.all())].map((text) => text.split("."));
  const overtaken = shownOf(watch).flatMap((shown, i) =>
    was?.[i] === now?.[i] ? [] : [{ shown, version: was?.[i] }],
  );
  if (overtaken.length === 0) return;
  const log = await changes.since(clock() - KEPT);
  throw new OvertakenError(overtaken.flatMap((one) => changesAfter(one.version, one.shown, log)));
}

/** The changes, newest first, that made a setting differ from a version. */
function changesAfter(
  version: string | undefined,
  { subject, seen }: Shown,
  log: readonly Change[],
): Change[] {
  const name = subjectOf(subject);
  const ofIt = log.filter(({ changed }) => subjectOf(changed) === name);
  const first = ofIt.findIndex(({ changed }) => versionOf(seen(changed.before)) === version);
  return ofIt
    .slice(0, first + 1)
    .filter(({ changed }) => versionOf(seen(changed.before)) !== versionOf(seen(changed.after)));
}
