import type { AnyBlock, ModalView } from "@slack/types";
import { type Member, sizeOf } from "../../../incidents/alert-group.ts";
import type { Incident } from "../../../incidents/incident.ts";
import type { AlertContext } from "../../../notifications/context.ts";
import type { AuditedDecision } from "../../../reports/audit.ts";
import type { Watch } from "../../../settings/watch.ts";
import { linksOf } from "../../../text/alerts.ts";
import { decisionWords } from "../../../text/audit.ts";
import { contextLines } from "../../../text/context.ts";
import { memberState, memberWords } from "../../../text/group-members.ts";
import { against, changeAgainst, wordsFor } from "../../../text/incidents.ts";
import { count, counted, times } from "../../../text/numbers.ts";
import { text } from "../../../text/text.ts";
import { footer, section } from "../blocks/blocks.ts";
import { actions, button, plain } from "../blocks/elements.ts";
import { link } from "../blocks/links.ts";
import { mrkdwn } from "../blocks/mrkdwn.ts";
import { localTime, localWhen } from "../blocks/when.ts";
import { contextBlocks } from "../messages/alert.ts";
import { titleOf } from "../messages/title.ts";

export const INCIDENT_MODAL = "incident.modal";
/** The buttons that change the page; `value` is the page. */
export const INCIDENT_PAGE = "incident.page";
export const INCIDENT_OTHER_PAGE = "incident.other-page";

/** All details of an incident and of the other incidents in its message. */
export interface IncidentDetail {
  readonly incident: Incident;
  readonly watch: Watch;
  readonly members: readonly Member[];
  readonly alertContext: AlertContext;
  /** The decisions about it, oldest first. */
  readonly decisions: readonly AuditedDecision[];
  /** The address of its message. */
  readonly address?: string;
  /** The page of incidents to show, counted from 0. */
  readonly page: number;
}

/** The metadata of the modal: the incident and the shown page. */
export const readIncidentMemory = (metadata: string): { incidentId: string; page: number } =>
  JSON.parse(metadata) as { incidentId: string; page: number };

/** The details of an incident: all numbers, related incidents, the decisions with their reasons, and links. */
export function incidentModal(detail: IncidentDetail): ModalView {
  const { incident, watch, page } = detail;
  return {
    type: "modal",
    callback_id: INCIDENT_MODAL,
    private_metadata: JSON.stringify({ incidentId: incident.id, page }),
    title: plain("Incident", 24),
    close: plain("Close", 24),
    blocks: [
      section(
        `*${wordsFor(detail).arrow} ${titleOf({ watch }, 80)} ${changeAgainst(incident.latest, watch.series)}*`,
      ),
      section(numbers(detail).join("\n")),
      ...contextBlocks(contextLines(detail)),
      ...memberBlocks(detail),
      ...decisionBlocks(detail),
      footer([
        ...(detail.address ? [link(detail.address, "Open the alert")] : []),
        ...linksOf(detail).map((part) => mrkdwn([part])),
        `Watch ${watch.id}`,
        `Incident ${incident.id}`,
      ]),
    ],
  };
}

function numbers({ incident, watch, alertContext }: IncidentDetail): string[] {
  const { unit } = watch.series;
  const { Lost } = wordsFor({ incident });
  const anomalyScore = Number.isNaN(incident.worst.anomalyScore)
    ? []
    : [
        `• Highest anomaly score: ${times(incident.worst.anomalyScore)}, over ${counted(incident.worst.window, unit)}`,
      ];
  return [
    `• Began ${localWhen(incident.openedAt, unit)}`,
    `• Last anomalous ${unit}: ${localWhen(incident.lastAnomalousBucket, unit)}`,
    `• Latest ${unit}, ${localWhen(incident.lastBucket, unit)}: ${against(incident.latest, watch.series)}`,
    `• Worst ${unit}: ${changeAgainst(incident.worst, watch.series)}`,
    ...anomalyScore,
    `• ${Lost} so far: ${count(sizeOf({ incident, watch }))} of ${count(incident.expected)} sessions expected`,
    ...(incident.reopenedAt === undefined ? [] : [`• Reopened: ${localWhen(incident.reopenedAt, unit)}`]),
    ...(incident.retracted === undefined
      ? []
      : [`• Retracted: Braze corrected its ${unit}s, and they are as expected`]),
    ...(incident.resolvedAt === undefined ? [] : [`• Resolved: ${localWhen(incident.resolvedAt, unit)}`]),
    `• ${counted(alertContext.weeks, "week")} of history`,
  ];
}

/** The incidents on one page. */
const PER_PAGE = 20;

function memberBlocks({ members, page }: IncidentDetail): AnyBlock[] {
  if (members.length < 2) return [];
  const pages = Math.ceil(members.length / PER_PAGE);
  const shown = Math.min(Math.max(0, page), pages - 1);
  const sorted = members.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  const lines = sorted.slice(shown * PER_PAGE, (shown + 1) * PER_PAGE).map(memberLine);
  const pager = [
    ...(shown > 0 ? [button(INCIDENT_PAGE, "◀ Larger", String(shown - 1))] : []),
    ...(shown < pages - 1 ? [button(INCIDENT_OTHER_PAGE, "Smaller ▶", String(shown + 1))] : []),
  ];
  const title = pages > 1 ? `, page ${count(shown + 1)} of ${count(pages)}` : "";
  return [
    { type: "divider" },
    section(`*In the same alert* (${count(members.length)}${title})\n${lines.join("\n")}`),
    ...(pager.length > 0 ? [actions(pager)] : []),
  ];
}

const memberLine = (member: Member): string =>
  mrkdwn(text`• ${memberWords(member)}, ${memberState(member)}`, 30);

/** The number of decisions that are listed, the newest. */
const DECISIONS = 12;

function decisionBlocks({ decisions, watch }: IncidentDetail): AnyBlock[] {
  if (decisions.length === 0) return [];
  const lines = decisions.slice(-DECISIONS).map(({ at, bucket, decision }) => {
    return `• ${localTime(at)} ${decisionWords(decision)} (${watch.series.unit} ${localWhen(bucket, watch.series.unit)})`;
  });
  const left = decisions.length - DECISIONS;
  return [
    { type: "divider" },
    section(
      `*Notification log*\n${[...(left > 0 ? [`• ${counted(left, "earlier decision")}`] : []), ...lines].join("\n")}`,
    ),
  ];
}
