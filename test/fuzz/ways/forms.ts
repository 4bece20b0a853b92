import { viewProblems } from "../../../simulator/slack/views/view-limits.ts";
import { watchSchema } from "../../../src/adapters/redis/settings/schemas.ts";
import { readChoice } from "../../../src/adapters/slack/blocks/action-ids.ts";
import { eventAnswer, eventModal } from "../../../src/adapters/slack/views/event-modal.ts";
import type { FormValue, FormValues } from "../../../src/adapters/slack/views/form.ts";
import { readWatchChoice } from "../../../src/adapters/slack/views/home-ids.ts";
import { muteAnswer, muteModal } from "../../../src/adapters/slack/views/mute-modal.ts";
import { readWatchForm } from "../../../src/adapters/slack/views/read-watch-form.ts";
import { answerOf } from "../../../src/adapters/slack/views/watch-answer.ts";
import { formOf } from "../../../src/adapters/slack/views/watch-form.ts";
import { readWatchMemory, watchModal } from "../../../src/adapters/slack/views/watch-modal.ts";
import { InputError } from "../../../src/errors.ts";
import { asRequested, checkRequest } from "../../../src/pipeline/actions/watch-request.ts";
import type { App } from "../../../src/series/app.ts";
import { HOUR } from "../../../src/time/time.ts";
import { aWatch, noon } from "../../support/builders.ts";
import type { Dice } from "../dice.ts";
import { hostileText } from "../hostile.ts";
import { holds, type Way } from "../way.ts";

const fields =
  "name from to scope until date label workspace app appId appName segment channel unit direction sensitivity falseAlarms minChange minCount quietFrom quietTo quietDays quietCritical owner ownerGroup runbook zone country";
const names = fields.split(" ");
const choices =
  "0 1 19 -1 *all *new ios main day hour both drop custom high date 4h tomorrow recovery real none critical".split(
    " ",
  );

/** What a person may type or choose, and what a Slack that changes its ways may make of it. */
function entered(dice: Dice): FormValue {
  const word = () => (dice.chance(0.5) ? dice.pick(choices) : hostileText(dice));
  const chosen = () => ({ value: word(), text: { text: hostileText(dice) } });
  return dice.pick<() => FormValue>([
    () => ({}),
    () => ({ value: dice.chance(0.2) ? null : word() }),
    () => ({ value: dice.pick(["1e999", "-1", "0", "0,5", "NaN", "100", " 7 ", "0x10", "1e-400"]) }),
    () => ({ selected_option: dice.chance(0.2) ? null : chosen() }),
    () => ({ selected_options: Array.from({ length: dice.int(9) }, chosen) }),
    () => ({ selected_conversation: dice.chance(0.2) ? null : "C0123456" }),
    () => ({ selected_user: word() }),
    () => ({ selected_time: dice.pick(["22:00", "00:00", "24:00", "7", "", "x:y"]) }),
    () => ({
      selected_date_time: dice.pick([
        null,
        0,
        -1,
        noon / 1_000,
        noon / 1_000 + 7_200,
        2 ** 31,
        8.64e12,
        1e300,
      ]),
    }),
  ])();
}

const valuesOf = (dice: Dice): FormValues =>
  Object.fromEntries(
    Array.from({ length: 1 + dice.int(8) }, () => {
      const field = dice.pick(names);
      return [
        dice.chance(0.3) ? `${field}/main` : field,
        dice.chance(0.05) ? {} : { [`x.${field}`]: entered(dice) },
      ];
    }),
  );

const appsOf = (dice: Dice): App[] =>
  Array.from({ length: dice.int(30) }, (_, i) => ({
    workspace: dice.chance(0.5) ? "main" : "w".repeat(1 + dice.int(64)),
    app: `${i}-`.padEnd(3 + dice.int(61), "a"),
    name: `a${hostileText(dice)}`,
  }));

type Read = (dice: Dice, values: FormValues) => boolean;

/** Reads one form each; answers whether it was refused. */
const forms: readonly Read[] = [
  (dice, values) => {
    const apps = appsOf(dice);
    const modal = eventModal(["main", "eu"], apps, noon + HOUR);
    holds(viewProblems(modal).length === 0, `Slack refuses: ${viewProblems(modal)}`);
    const answer = eventAnswer(modal.private_metadata ?? "", values, noon);
    if ("errors" in answer) return true;
    const { from, to, scope } = answer;
    for (const instant of [from, to]) new Date(instant).toISOString();
    holds(to > noon && from < to, "an event that is none");
    holds(
      !scope.app || apps.some(({ app, workspace }) => app === scope.app && workspace === scope.workspace),
      "an app that is none",
    );
    return false;
  },
  (dice, values) => {
    const scope = { kind: "app", workspace: "main", app: "ios" } as const;
    const scopes = [scope, { kind: "channel", channel: "C0123456" } as const].map((one) => ({
      scope: one,
      name: `a${hostileText(dice)}`,
    }));
    const modal = muteModal({ scopes, scope, until: "date", date: noon + HOUR });
    const answer = muteAnswer(modal.private_metadata ?? "", values, noon);
    if ("errors" in answer) return true;
    if (typeof answer.until === "number") new Date(answer.until).toISOString();
    holds(
      scopes.some((one) => JSON.stringify(one.scope) === JSON.stringify(answer.scope)),
      "a scope that is none",
    );
    return false;
  },
  (dice, values) => {
    const apps = appsOf(dice);
    const form = readWatchForm(values, formOf(aWatch(), apps));
    const preview = { kind: "waiting" } as const;
    const modal = watchModal({ watchId: "ios-us", form, workspaces: ["main"], apps, preview });
    readWatchMemory({ private_metadata: modal.private_metadata ?? "" });
    const answer = answerOf(form, apps);
    if ("errors" in answer) return true;
    const { request } = answer;
    try {
      checkRequest(request);
    } catch (error) {
      if (error instanceof InputError) return true;
      throw error;
    }
    const stored = watchSchema.safeParse(
      JSON.parse(JSON.stringify({ ...asRequested(request), id: "a", createdAt: noon })),
    );
    holds(stored.success, `a watch that cannot be read again: ${stored.error?.message}`);
    return false;
  },
  (dice) => {
    const value = dice.chance(0.5) ? hostileText(dice) : `${dice.pick(choices)} ${hostileText(dice)}`;
    const [a, b] = [readChoice(value), readWatchChoice(value)];
    holds(a === undefined || `${a.choice} ${a.incidentId}` === value, "a choice that is none");
    holds(b === undefined || `${b.choice} ${b.watchId}` === value, "a choice that is none");
    return a === undefined;
  },
];

export const slackForms: Way = {
  name: "forms",
  what: "what is typed and chosen in Slack's forms and below its messages",
  share: 100_000,
  open: () => ({ strike: (dice) => dice.pick(forms)(dice, valuesOf(dice)) }),
};
