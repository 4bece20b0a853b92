import type { Watch } from "../../../settings/watch.ts";
import { footer, section } from "../blocks/blocks.ts";
import { localTime } from "../blocks/when.ts";
import { type Answer, answerOf } from "./answer.ts";
import { watchFacts } from "./fields.ts";

/** One watch with all its settings. */
export const showAnswer = (watch: Watch): Answer =>
  answerOf(`Watch ${watch.id}`, [
    section(
      `*Watch \`${watch.id}\`*\n${watchFacts(watch)
        .map(([name, value]) => `*${name}*: ${value}`)
        .join("\n")}`,
    ),
    footer([`Watched since ${localTime(watch.createdAt)}`]),
  ]);
