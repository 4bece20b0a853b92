import type { AnyBlock, ModalView } from "@slack/types";
import { sizeOf } from "../../../incidents/alert-group.ts";
import { notesOf } from "../../../incidents/note.ts";
import { linksOf } from "../../../text/alerts.ts";
import { contextLines } from "../../../text/context.ts";
import { views } from "../../../text/forms/views.ts";
import {
  decisionsText,
  type IncidentFacts,
  incidentHeadline,
  incidentNumbers,
  incidentView,
  membersText,
  notesText,
} from "../../../text/incident-details.ts";
import { joined, strong } from "../../../text/text.ts";
import { footer, section } from "../blocks/blocks.ts";
import { actions, button, plain } from "../blocks/elements.ts";
import { link } from "../blocks/links.ts";
import { mrkdwn } from "../blocks/mrkdwn.ts";
import { contextBlocks } from "../messages/alert.ts";

export const INCIDENT_MODAL = "incident.modal";
/** The buttons that change the page; `value` is the page. */
export const INCIDENT_PAGE = "incident.page";
export const INCIDENT_OTHER_PAGE = "incident.other-page";

/** All details of an incident and of the other incidents in its message. */
export interface IncidentDetail extends IncidentFacts {
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
  const { incident, watch, members, page, address, decisions } = detail;
  const notes = notesOf([incident, ...members.map((member) => member.incident)]);
  return {
    type: "modal",
    callback_id: INCIDENT_MODAL,
    private_metadata: JSON.stringify({ incidentId: incident.id, page }),
    title: plain(incidentView.title, 24),
    close: plain(views.close, 24),
    blocks: [
      section(mrkdwn([strong(incidentHeadline(detail))])),
      section(mrkdwn(joined(incidentNumbers(detail), "\n"))),
      ...contextBlocks(contextLines(detail)),
      ...(notes.length > 0 ? [section(mrkdwn(notesText(notes)))] : []),
      ...memberBlocks(detail),
      ...(decisions.length > 0 ? [{ type: "divider" as const }, section(mrkdwn(decisionsText(detail)))] : []),
      footer([
        ...(address ? [link(address, incidentView.open)] : []),
        ...linksOf(detail).map((part) => mrkdwn([part])),
        `Watch ${watch.id}`,
        `Incident ${incident.id}`,
      ]),
    ],
  };
}

/** The incidents on one page. */
const PER_PAGE = 20;

/** The maximum length of their names. */
const LONGEST_NAME = 30;

function memberBlocks({ members, page }: IncidentDetail): AnyBlock[] {
  if (members.length < 2) return [];
  const pages = Math.ceil(members.length / PER_PAGE);
  const shown = Math.min(Math.max(0, page), pages - 1);
  const sorted = members.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  const onPage = sorted.slice(shown * PER_PAGE, (shown + 1) * PER_PAGE);
  const pager = [
    ...(shown > 0 ? [button(INCIDENT_PAGE, incidentView.larger, String(shown - 1))] : []),
    ...(shown < pages - 1 ? [button(INCIDENT_OTHER_PAGE, incidentView.smaller, String(shown + 1))] : []),
  ];
  return [
    { type: "divider" },
    section(mrkdwn(membersText(onPage, members.length, shown, pages), LONGEST_NAME)),
    ...(pager.length > 0 ? [actions(pager)] : []),
  ];
}
