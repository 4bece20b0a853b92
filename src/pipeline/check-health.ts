import { type Facts, symptomsOf } from "../health/checks.ts";
import { gatherSymptoms } from "../health/gather-findings.ts";
import {
  type Blindness,
  type BlindnessReason,
  decideBlindness,
  followBlindness,
  gistOf,
  isForgettable,
  type Symptom,
} from "../health/health-issue.ts";
import { pastRefusals } from "../health/refusal-checks.ts";
import type { Instant } from "../time/time.ts";
import { type TellOpsDeps, tellOps } from "./health/notify-ops.ts";
import { type SurveyDeps, survey } from "./health/snapshot.ts";
import { eachAlone } from "./notifying/each-alone.ts";
import type { BlindnessStore, TroubleStore } from "./ports/ops.ts";

export interface WatchdogDeps extends SurveyDeps, TellOpsDeps {
  readonly blindnesses: BlindnessStore;
  readonly troubles: Pick<TroubleStore, "all" | "clear">;
}

export interface Watched {
  readonly facts: Facts;
  /** What stands at present. */
  readonly blind: readonly Blindness[];
  /** Why something of it could not be posted. */
  readonly failure?: unknown;
}

/**
 * Looks whether anything keeps Tidewatch from seeing or telling, and says once that it does, and once that it does no
 * longer. What is to be logged is handed to `log` before anything is posted, since Slack may be what is gone.
 */
export async function watchdog(
  deps: WatchdogDeps,
  log: (reason: BlindnessReason, blindness: Blindness) => unknown,
): Promise<Watched> {
  const { blindnesses } = deps;
  const known = new Map((await blindnesses.all()).map((blindness) => [blindness.id, blindness]));
  const open = [...known.values()].filter(({ overAt }) => overAt === undefined);
  const facts = await survey(deps, new Set(open.map(({ id }) => id)), deps.ops.channel);
  const symptoms = new Map(gatherSymptoms(symptomsOf(facts), known).map((symptom) => [symptom.id, symptom]));

  const { now } = facts;
  const followed: Blindness[] = [];
  for (const id of new Set([...known.keys(), ...symptoms.keys()])) {
    const blindness = followBlindness(known.get(id), symptoms.get(id), now);
    if (blindness) followed.push(await note(blindness, now, deps, log));
  }
  for (const name of pastRefusals(facts.troubles, now)) await deps.troubles.clear(name);
  // Only after all is noted. What cannot be posted of one keeps nobody from hearing of the others.
  const told = eachAlone(followed, async (blindness) => {
    const told = await tellOps(blindness, now, deps);
    if (isForgettable(told)) await blindnesses.remove(told.id);
  });
  const failure = await told.then(
    () => undefined,
    (error: unknown) => error,
  );
  const blind = followed.filter(({ overAt }) => overAt === undefined);
  return { facts, blind, ...(failure !== undefined && { failure }) };
}

/**
 * Says that something is wrong which a process found out by itself, without waiting for a round of the watchdog; that
 * it is over is said by the rounds that follow.
 */
export async function reportIssue(
  symptom: Symptom,
  deps: WatchdogDeps,
  log: (reason: BlindnessReason, blindness: Blindness) => unknown,
): Promise<void> {
  const now = deps.clock();
  const known = (await deps.blindnesses.all()).find(({ id }) => id === symptom.id);
  await tellOps(await note(followBlindness(known, symptom, now)!, now, deps, log), now, deps);
}

/** Logs what is to be said, and keeps how it stands. */
async function note(
  blindness: Blindness,
  at: Instant,
  { blindnesses }: WatchdogDeps,
  log: (reason: BlindnessReason, blindness: Blindness) => unknown,
): Promise<Blindness> {
  const decision = decideBlindness(blindness, blindness.logged, at);
  let noted = blindness;
  if ("say" in decision) {
    log(decision.say, blindness);
    noted = { ...blindness, logged: { gist: gistOf(blindness), isOver: decision.say === "resolved", at } };
  }
  await blindnesses.save(noted);
  return noted;
}
