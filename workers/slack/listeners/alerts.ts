import type { App, BlockButtonAction, BlockStaticSelectAction } from "@slack/bolt";
import { INCIDENT, type MuteChoice, readChoice } from "../../../src/adapters/slack/blocks/action-ids.ts";
import {
  INCIDENT_OTHER_PAGE,
  INCIDENT_PAGE,
  incidentModal,
  readIncidentMemory,
} from "../../../src/adapters/slack/views/incident-modal.ts";
import { movedModal } from "../../../src/adapters/slack/views/moved-modal.ts";
import { whyModal } from "../../../src/adapters/slack/views/why-modal.ts";
import { perform } from "../../../src/commands/perform.ts";
import { scopeCovering } from "../../../src/notifications/mute.ts";
import { readBreakdown } from "../../../src/pipeline/notifying/breakdown.ts";
import { detailOf, togetherWith } from "../../../src/pipeline/reports/incident-detail.ts";
import { explainBucket } from "../../../src/pipeline/reports/why.ts";
import type { Watch } from "../../../src/settings/watch.ts";
import { labels } from "../../../src/text/labels.ts";
import type { Bucket } from "../../../src/time/time.ts";
import { act, type Click } from "../clicks.ts";
import { muteIncident, unacknowledge, unmuteIncident } from "../commands/alerting.ts";
import type { Listen, SlackContext } from "../context.ts";
import { openAndRead, readInto } from "../forms.ts";
import { muteForm } from "../small-forms.ts";

/** The buttons below an alert, and of an open incident on the dashboard. */
export const listenToAlerts: Listen = (app, context) => {
  onButton(app, INCIDENT.acknowledge, (click, incident) =>
    act(click, (actor) => perform({ commandName: "ack", incident }, actor, context), context),
  );
  onButton(app, INCIDENT.unacknowledge, (click, id) =>
    act(click, (actor) => unacknowledge(id, actor, context), context),
  );
  onButton(app, INCIDENT.unmute, (click, id) =>
    act(click, (actor) => unmuteIncident(id, actor, context), context),
  );
  onButton(app, INCIDENT.why, (click, id) =>
    openAndRead(click, "Why?", () => whyFormOf(id, context), context.log),
  );
  onButton(app, INCIDENT.moved, (click, id) =>
    openAndRead(
      click,
      "What moved?",
      async () => {
        const { watch, incident } = await togetherWith(id, context.bot);
        const breakdown = await readBreakdown({ watch, incident }, context.bot);
        return movedModal({ watch, incident, breakdown });
      },
      context.log,
    ),
  );
  onButton(app, INCIDENT.more, (click, id) =>
    openAndRead(
      click,
      "Incident",
      async () => incidentModal({ ...(await detailOf(id, context.bot)), page: 0 }),
      context.log,
    ),
  );
  for (const action of [INCIDENT_PAGE, INCIDENT_OTHER_PAGE])
    onButton(app, action, async ({ client, body }, page) => {
      if (!body.view) return;
      const { incidentId } = readIncidentMemory(body.view.private_metadata);
      const read = async () =>
        incidentModal({ ...(await detailOf(incidentId, context.bot)), page: Number(page) || 0 });
      await readInto(client, body.view, "Incident", read, context.log);
    });
  onChoice(app, INCIDENT.label, async (click, choice, incident) => {
    const label = labels.find((one) => one === choice);
    if (label)
      await act(
        click,
        (actor) => perform({ commandName: "label", incident, label }, actor, context),
        context,
      );
  });
  onChoice(app, INCIDENT.mute, async (click, choice, id) => {
    if (choice === "1h" || choice === "4h" || choice === "tomorrow" || choice === "recovery")
      return act(click, (actor) => muteIncident(id, choice, actor, context), context);
    await openAndRead(
      click,
      "Mute",
      () => muteFormOf(id, { ...click.body, until: "date" }, context),
      context.log,
    );
  });
};

/** Who asks for a form, and where. */
interface Asked {
  readonly user: { readonly id: string };
  readonly channel?: { readonly id?: string } | undefined;
  readonly until?: MuteChoice;
}

/** The form to mute what an incident is about. */
export async function muteFormOf(
  incidentId: string,
  { user, channel, until = "4h" }: Asked,
  context: SlackContext,
) {
  const { watch, members } = await togetherWith(incidentId, context.bot);
  const scope = scopeCovering([watch, ...members.map((one) => one.watch)]);
  const others = members.map((one) => one.watch).filter(({ id }) => id !== watch.id);
  return muteForm(watch, { scope, until, openedIn: channel?.id, others }, user.id, context);
}

/** The numbers behind the last anomalous bucket of an incident. */
export async function whyFormOf(incidentId: string, context: SlackContext) {
  const { watch, incident } = await togetherWith(incidentId, context.bot);
  return whyOf(watch, incident.lastAnomalousBucket, context);
}

/** The numbers behind the verdict of a bucket, or of the newest. */
export async function whyOf(watch: Watch, bucket: Bucket | undefined, { bot }: SlackContext) {
  return whyModal({ watch, ...(await explainBucket(watch, bucket, bot)) });
}

const onButton = (
  app: App,
  action: string,
  pressed: (click: Click, value: string) => Promise<unknown>,
): void => {
  app.action<BlockButtonAction>({ type: "block_actions", action_id: action }, async (click) => {
    await pressed(click, click.action.value ?? "");
  });
};

const onChoice = (
  app: App,
  action: string,
  chosen: (click: Click, choice: string, incidentId: string) => Promise<unknown>,
): void => {
  app.action<BlockStaticSelectAction>({ type: "block_actions", action_id: action }, async (click) => {
    const read = readChoice(click.action.selected_option?.value ?? "");
    if (read) await chosen(click, read.choice, read.incidentId);
  });
};
