import type { Access } from "../../../settings/permissions.ts";
import { section } from "../blocks/blocks.ts";
import { type Answer, answerOf } from "./answer.ts";
import { accessWords } from "./fields.ts";

/** The answer with the permissions. */
export const accessAnswer = (access: Access): Answer =>
  answerOf("Who may change what is watched", [
    section(
      `What is watched may be changed by *${accessWords(access)}*; guests never may. Everybody may look.\nAnother rule: \`/tidewatch who-can everyone|members|admins|@GROUP\``,
    ),
  ]);
