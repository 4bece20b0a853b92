import { type Decision, decide } from "../core/decide.ts";
import type { Incident, Told } from "../core/incident.ts";
import type { Notice } from "../core/notice.ts";
import type { Clock, IncidentStore, MessageRef, MuteStore, Outbox, Renderer, WatchStore } from "./ports.ts";
import { type PostDeps, postOnce } from "./post-once.ts";

export interface NotifyDeps extends PostDeps {
  readonly incidents: IncidentStore;
  readonly watches: Pick<WatchStore, "byId">;
  readonly mutes: Pick<MuteStore, "isMuted">;
  readonly outbox: Pick<Outbox, "remove">;
  readonly renderer: Renderer;
  readonly clock: Clock;
}

/** Says what is to be said of one incident, if anything still is. Reads it afresh and decides at the door. */
export async function notify(incidentId: string, deps: NotifyDeps): Promise<Decision[]> {
  const { incidents, watches, mutes, outbox, clock } = deps;
  const decisions: Decision[] = [];
  for (;;) {
    const incident = await incidents.byId(incidentId);
    const watch = incident && (await watches.byId(incident.watchId));
    if (!incident || !watch) break;

    const decision = decide(incident, await mutes.isMuted(watch.id, clock()));
    decisions.push(decision);
    if ("stayQuiet" in decision) break;
    const ref = await say({ reason: decision.say, incident, watch }, deps);
    await remember(incident, ref, deps);
  }
  await outbox.remove(incidentId);
  return decisions;
}

/** The root message always shows how things stand; what changed is said in its thread. */
async function say(notice: Notice, deps: NotifyDeps): Promise<MessageRef> {
  const { incident, watch } = notice;
  const root = deps.renderer.root(notice);
  if (!incident.told) return postOnce(watch.channel, root, { messageId: incident.id }, deps);

  const ref = { channel: incident.told.channel, ts: incident.told.ts };
  const isThere = await deps.messenger.update(ref, root, incident.id);
  // Somebody deleted it: it is posted anew, once for each thing that there is to say.
  const thread = isThere
    ? ref
    : await postOnce(watch.channel, root, { messageId: `${incident.id}/again-${incident.lastBucket}` }, deps);

  const reply = deps.renderer.reply(notice);
  if (reply) {
    const broadcast = notice.reason === "worsened";
    await postOnce(
      thread.channel,
      reply,
      { messageId: `${incident.id}/${notice.reason}`, thread: thread.ts, broadcast },
      deps,
    );
  }
  return thread;
}

/** Notes what was told; what others wrote in the meantime stays. */
async function remember(said: Incident, ref: MessageRef, { incidents, clock }: NotifyDeps): Promise<void> {
  const told: Told = {
    severity: said.severity,
    resolved: said.resolvedAt !== undefined,
    bucket: said.lastBucket,
    at: clock(),
    ...ref,
  };
  for (;;) {
    const now = await incidents.byId(said.id);
    if (!now || (await incidents.save({ ...now, told }))) return;
  }
}
