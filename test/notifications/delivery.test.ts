import { expect, test } from "vitest";
import {
  type Delivery,
  decideDelivery,
  isDone,
  type Sent,
  type Subject,
} from "../../src/notifications/delivery.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

const ios: Subject = {
  id: "ios",
  severity: "warning",
  isOver: false,
  needsAction: true,
  isAcknowledged: false,
};
const worse: Subject = { ...ios, severity: "critical" };
const known: Subject = { ...ios, isAcknowledged: true };
const over: Subject = { ...ios, isOver: true, needsAction: false };
const mislabelled: Subject = { ...ios, needsAction: false };
const web: Subject = { ...ios, id: "web" };

const sent = (action: Sent["action"], over: Partial<Sent> = {}): Sent => ({
  action,
  severity: "warning",
  members: ["ios"],
  at: noon,
  ...over,
});
const triggered = { sent: sent("trigger") };
const resolved = { sent: sent("resolve") };
const byPerson = { action: "resolve", by: "Tenex Engineer", at: noon } as const;

type Known = Pick<Delivery, "sent" | "sending" | "remote">;
const rows: [string, Known, Subject[], string | undefined][] = [
  ["an open incident is triggered", {}, [ios], "trigger"],
  ["one that is over before anything was sent is not", {}, [over], undefined],
  ["what was sent is not sent again", triggered, [ios], undefined],
  ["an acknowledgement is sent once", triggered, [known], "acknowledge"],
  ["and not again", { sent: sent("acknowledge") }, [known], undefined],
  ["what turned critical is triggered again", triggered, [worse], "trigger"],
  ["what joined is triggered again", triggered, [ios, web], "trigger"],
  ["what joined an acknowledged alert is open again", { sent: sent("acknowledge") }, [known, web], "trigger"],
  ["an alert ends when all of it is over", triggered, [over], "resolve"],
  [
    "it does not end while one is open",
    { sent: sent("trigger", { members: ["ios", "web"] }) },
    [over, web],
    undefined,
  ],
  ["a false alarm ends it", triggered, [mislabelled], "resolve"],
  ["what is over stays so", resolved, [over], undefined],
  ["what opens again is triggered again", resolved, [ios], "trigger"],
  ["what may not have arrived is sent again", { sending: sent("trigger") }, [ios], "trigger"],
  ["what may have arrived is ended", { sending: sent("trigger") }, [over], "resolve"],
  [
    "an end that may not have arrived is sent again",
    { ...triggered, sending: sent("resolve") },
    [over],
    "resolve",
  ],
  ["what a person closed there is not opened again", { ...resolved, remote: byPerson }, [ios], undefined],
  ["unless it turned critical since", { ...resolved, remote: byPerson }, [worse], "trigger"],
  ["unless more joined since", { ...resolved, remote: byPerson }, [ios, web], "trigger"],
  [
    "unless it was reopened since",
    { ...resolved, remote: byPerson },
    [{ ...ios, reopenedAt: noon + HOUR }],
    "trigger",
  ],
];

test.each(rows)("%s", (_, delivery, subjects, action) => {
  const due = new Set(subjects.map(({ id }) => id));
  expect(decideDelivery(delivery, { subjects, due, now: noon + MINUTE })?.action).toBe(action);
});

test("what no route sends now is not sent, and its end is sent all the same", () => {
  const standpoint = { due: new Set<string>(), now: noon };
  expect(decideDelivery({}, { ...standpoint, subjects: [ios] })).toBeUndefined();
  expect(decideDelivery(triggered, { ...standpoint, subjects: [over] })?.action).toBe("resolve");
});

test("a repetition is the same message", () => {
  const sending = sent("trigger", { at: noon - HOUR });
  const standpoint = { subjects: [ios], due: new Set(["ios"]), now: noon };
  expect(decideDelivery({ sending }, standpoint)).toEqual(sending);
});

test("an open alert is repeated only where its destination wants that", () => {
  const standpoint = { subjects: [ios], due: new Set(["ios"]), now: noon + 5 * MINUTE };
  expect(decideDelivery(triggered, standpoint)).toBeUndefined();
  expect(decideDelivery(triggered, { ...standpoint, repeatEvery: 5 * MINUTE })?.action).toBe("trigger");
  expect(decideDelivery(resolved, { ...standpoint, subjects: [over], repeatEvery: MINUTE })).toBeUndefined();
});

test("a delivery is done once its end was sent, or nothing was", () => {
  expect(isDone(triggered, [over])).toBe(false);
  expect(isDone({ sent: sent("resolve"), sending: sent("trigger") }, [over])).toBe(false);
  expect(isDone(resolved, [over])).toBe(true);
  expect(isDone({}, [over])).toBe(true);
  expect(isDone({}, [mislabelled])).toBe(false);
});
