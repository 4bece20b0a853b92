import type { Permissions } from "../../../settings/permissions.ts";
import { section } from "../blocks/blocks.ts";
import { type Answer, answerOf } from "./answer.ts";
import { permissionsInWords } from "./fields.ts";

/** The answer with the permissions. */
export const permissionsAnswer = (permissions: Permissions): Answer =>
  answerOf("Who may change watches", [
    section(
      `Watches may be changed by *${permissionsInWords(permissions)}*; never by guests. Everybody may view them.\nTo change this: \`/tidewatch who-can everyone|members|admins|@GROUP\``,
    ),
  ]);
