import type { Permissions } from "../../../settings/permissions.ts";
import { section } from "../blocks/blocks.ts";
import { type Answer, answerOf } from "./answer.ts";
import { permissionsInWords } from "./fields.ts";

/** The answer with the permissions. */
export const permissionsAnswer = (permissions: Permissions): Answer =>
  answerOf("Who may change what is watched", [
    section(
      `What is watched may be changed by *${permissionsInWords(permissions)}*; guests never may. Everybody may look.\nAnother rule: \`/tidewatch who-can everyone|members|admins|@GROUP\``,
    ),
  ]);
