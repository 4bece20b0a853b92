import type { Way } from "./way.ts";
import { backupFiles } from "./ways/backups.ts";
import { brazeAnswers } from "./ways/braze-answers.ts";
import { brazeFailures } from "./ways/braze-failures.ts";
import { slashCommands } from "./ways/commands.ts";
import { brazeConnections, slackAnswers } from "./ways/connections.ts";
import { slackForms } from "./ways/forms.ts";
import { names } from "./ways/names.ts";
import { httpPages } from "./ways/pages.ts";
import { redisContents } from "./ways/redis.ts";
import { sends } from "./ways/sends.ts";
import { storedAudit, storedJson, storedStates } from "./ways/stored.ts";
import { csvFiles, environments, simulatorWords, watchWords } from "./ways/typed.ts";
import { webhooks } from "./ways/webhooks.ts";

/** Every way by which input reaches the program; the last are tried over real connections. */
export const ways: readonly Way[] = [
  brazeAnswers,
  brazeFailures,
  storedJson,
  storedStates,
  storedAudit,
  csvFiles,
  environments,
  watchWords,
  simulatorWords,
  slashCommands,
  slackForms,
  backupFiles,
  names,
  brazeConnections,
  slackAnswers,
  redisContents,
  httpPages,
  sends,
  webhooks,
];
