import type { Incident, Told } from "../../incidents/incident.ts";
import { isReminder, type NoticeReason } from "../../notifications/decide.ts";
import type { Withheld } from "../../notifications/suppression.ts";
import { isSame } from "../../settings/change.ts";
import { amend } from "../amend.ts";
import type { Clock } from "../ports/clock.ts";
import type { CauseStore, IncidentStore } from "../ports/incidents.ts";
import type { Block, MessageRef } from "../ports/messages.ts";

export interface RememberDeps {
  readonly incidents: Pick<IncidentStore, "byId" | "save">;
  readonly causes: Pick<CauseStore, "byId" | "save">;
  readonly clock: Clock;
}

/** Notes what was told of an incident; what others wrote in the meantime stays. */
export async function remember(
  said: Incident,
  ref: MessageRef,
  reason: NoticeReason,
  { incidents, clock }: RememberDeps,
): Promise<void> {
  const at = clock();
  const told: Told = {
    severity: said.severity,
    resolved: said.resolvedAt !== undefined,
    bucket: said.lastBucket,
    balance: Math.round(said.balance),
    ...(isRetractionTold(said, reason) && { retracted: true }),
    at,
    saidAt: reason === "updated" ? (said.told?.saidAt ?? said.told?.at ?? at) : at,
    newsAt: reason === "updated" || isReminder(reason) ? (newsAtOf(said) ?? at) : at,
    ...(said.acknowledged && { acknowledgedBy: said.acknowledged.by }),
    ...labelTold(said, reason),
    ...ref,
  };
  await amend(incidents, said.id, (now) => ({ ...now, told }));
}

// The first word and the end at a new level tell of the label as well; all else leaves it to be said.
function labelTold({ told, labelled, accepted }: Incident, reason: NoticeReason): Pick<Told, "labelled"> {
  const isTold = reason === "labelled" || !told || (accepted && accepted.at === labelled?.at);
  const known = isTold ? labelled : told?.labelled;
  return known ? { labelled: known } : {};
}

const isRetractionTold = ({ told, retracted }: Incident, reason: NoticeReason): boolean =>
  retracted !== undefined && (reason === "retracted" || told?.retracted === true);

const newsAtOf = ({ told }: Incident) => told && (told.newsAt ?? told.saidAt ?? told.at);

/** Notes where the message of a cause is, and which image it shows. */
export async function noteMessage(
  causeId: string,
  ref: MessageRef,
  picture: Block | undefined,
  { causes }: Pick<RememberDeps, "causes">,
): Promise<void> {
  await amend(causes, causeId, (cause) =>
    cause.ref?.ts === ref.ts && (!picture || isSame(picture, cause.picture))
      ? cause
      : { ...cause, ref, ...(picture && { picture }) },
  );
}

/** Notes that something about an incident was kept from people. */
export async function noteWithheld(
  incidentId: string,
  withheld: Withheld,
  { incidents }: Pick<RememberDeps, "incidents">,
): Promise<void> {
  await amend(incidents, incidentId, (now) => ({ ...now, withheld }));
}
