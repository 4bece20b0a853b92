import { brazeSeries } from "../../../src/adapters/braze/series.ts";
import { slackChartUpload } from "../../../src/adapters/slack/client/chart-upload.ts";
import { slackMessenger } from "../../../src/adapters/slack/client/messenger.ts";
import { HOUR } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { hostileJson, hostileText, mutateJson, SECRET } from "../hostile.ts";
import { holds, refusedOrLater, type Way } from "../way.ts";
import { brazeBody } from "./braze-answers.ts";
import { answerAround, startLiar } from "./liar.ts";

const timeouts = { connect: 500, headers: 500, body: 500, total: 1_500 };

export const brazeConnections: Way = {
  name: "braze-connections",
  what: "Braze's answers byte by byte over HTTP: broken, cut, stalled, endless",
  share: 3_000,
  async open() {
    const liar = await startLiar();
    const now = Date.UTC(2026, 10, 1, 9, 20);
    const hour = Date.UTC(2026, 10, 1, 8);
    const source = brazeSeries({
      name: "main",
      endpoint: liar.url,
      apiKey: SECRET,
      quotaReserve: 0,
      clock: () => now,
      timeouts,
    });
    return {
      async strike(dice) {
        const body = Buffer.from(brazeBody(dice));
        const { reply, isWhole } = answerAround(body, dice);
        liar.reply = reply;
        const series = { workspace: "main", app: "ios", unit: "hour" } as const;
        const points = await refusedOrLater(() => source.points(series, hour - HOUR, hour));
        if (!points) return true;
        holds(
          points.every(({ value }) => Number.isSafeInteger(value) && value >= 0),
          "a count that is none",
        );
        const lastNotified = reply.bytes.toString();
        holds(
          isWhole || points.every(({ value }) => lastNotified.includes(String(value))),
          `counts that were never told: ${JSON.stringify(points)}`,
        );
        return false;
      },
      close: () => liar.close(),
    };
  },
};

const sent = { ok: true, channel: "C0ALERTS1", ts: "1718539200.000100", message: { text: "t" } };
const history = {
  ok: true,
  messages: [
    {
      ts: "1718539200.000100",
      metadata: { event_type: "tidewatch_notice", event_payload: { id: "m1" } },
    },
  ],
  has_more: false,
  response_metadata: { next_cursor: "" },
};
const refused = {
  ok: false,
  error: "channel_not_found",
  needed: "chat:write",
  response_metadata: { messages: [SECRET] },
};
const message = { text: "t", blocks: [] };
const chart = { title: ["iOS"], unit: "hour", zone: "UTC", points: [], incidents: [], holidays: [] } as const;

export const slackAnswers: Way = {
  name: "slack-answers",
  what: "answers of Slack's Web API over HTTP: posting, editing, looking, uploading",
  share: 3_000,
  async open() {
    const liar = await startLiar();
    const options = { token: `xoxb-${SECRET}`, apiUrl: `${liar.url}/api/`, timeout: 1_000 };
    const messenger = slackMessenger(options);
    const ref = { channel: "C0ALERTS1", ts: "1718539200.000100" };
    return {
      async strike(dice) {
        const commandName = dice.pick(["post", "update", "find", "hang"] as const);
        const place = {
          ok: true,
          upload_url: dice.pick([`${liar.url}/up`, "http://127.0.0.1:1/up"]),
          file_id: "F1",
        };
        const sample = { post: sent, update: sent, find: history, hang: place }[commandName];
        const body = dice.chance(0.15)
          ? hostileJson(dice)
          : dice.chance(0.15)
            ? mutateJson(refused, dice)
            : dice.chance(0.3)
              ? JSON.stringify(sample)
              : mutateJson(sample, dice);
        liar.reply = answerAround(Buffer.from(body), dice).reply;
        const result = await refusedOrLater<unknown>(() => {
          switch (commandName) {
            case "post":
              return messenger.post("C0ALERTS1", message, { messageId: hostileText(dice, 2) });
            case "update":
              return messenger.update(ref, message, "m1");
            case "find":
              return messenger.find("C0ALERTS1", "m1", noon);
            case "hang":
              return slackChartUpload(options).hang(new Uint8Array(9), chart, AbortSignal.timeout(400));
          }
        });
        if (result === undefined) return true;
        const isPlace = (value: unknown): boolean => {
          const { channel, ts } = Object(value) as Record<string, unknown>;
          return typeof channel === "string" && channel !== "" && typeof ts === "string" && ts !== "";
        };
        if (commandName === "post")
          holds(isPlace(result), `a message without its place: ${JSON.stringify(result)}`);
        if (commandName === "find")
          holds(result === "cannot-look" || isPlace(result), `found nowhere: ${JSON.stringify(result)}`);
        return false;
      },
      close: () => liar.close(),
    };
  },
};
