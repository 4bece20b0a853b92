import type { WebClient } from "@slack/web-api";
import { PermanentError } from "../../../errors.ts";
import type { Clock } from "../../../pipeline/ports/clock.ts";
import type { People, Person } from "../../../pipeline/ports/slack.ts";
import { MINUTE } from "../../../time/time.ts";
import { canonicalZone } from "../../../time/zone.ts";
import { type ClientOptions, slackClient } from "./client.ts";
import { codeOf, slackError } from "./errors.ts";

/** How long an answer of Slack is cached. A person who was added a minute ago may still be refused. */
const TRUE_FOR = MINUTE;

/** The maximum number of cached answers. */
const MOST_KEPT = 2_000;

/** A channel with more members than this is not listed to its end. */
const PAGE = 1_000;
const MOST_PAGES = 50;

export interface PeopleOptions extends ClientOptions {
  readonly clock: Clock;
}

/** Looks up people in Slack, each question at most once a minute. */
export function slackPeople(options: PeopleOptions): People {
  const client = slackClient(options);
  const remembered = rememberer(options.clock);
  return {
    person: (user) =>
      remembered(`user ${user}`, async () =>
        personOf(
          user,
          await asking("users.info", user, "users:read", NO_PERSON, () => client.users.info({ user })),
        ),
      ),
    async isInChannel(user, channel) {
      const scopes = "channels:read and groups:read";
      const members = await remembered(`channel ${channel}`, () =>
        asking("conversations.members", channel, scopes, NO_CHANNEL, () => membersOf(client, channel)),
      );
      return members?.has(user);
    },
    async isInGroup(user, usergroup) {
      const members = await remembered(`group ${usergroup}`, () =>
        asking("usergroups.users.list", usergroup, "usergroups:read", NO_GROUP, async () => {
          const { users } = await client.usergroups.users.list({ usergroup });
          return new Set(users ?? []);
        }),
      );
      return members?.has(user);
    },
    groups: () =>
      remembered("groups", async () => {
        const ask = () => client.usergroups.list();
        const answer = await asking("usergroups.list", "the workspace", "usergroups:read", NO_GROUP, ask);
        return (answer?.usergroups ?? []).flatMap(({ id, handle, name }) =>
          id && handle ? [{ id, handle, name: name ?? handle }] : [],
        );
      }),
  };
}

/** Slack's codes for a person outside the workspace, or for a channel or group that does not exist (any more). */
const NO_PERSON = /^(user_not_found|user_not_visible|users_not_found|external_user|invalid_user_id)$/;
const NO_CHANNEL = /^(channel_not_found|not_in_channel|is_archived|invalid_channel)$/;
const NO_GROUP =
  /^(no_such_subteam|subteam_not_found|subteam_disabled|subteam_deleted|invalid_subteam|usergroup_not_found)$/;

type Info = Awaited<ReturnType<WebClient["users"]["info"]>>;

function personOf(id: string, { user }: Pick<Info, "user"> = {}): Person {
  const isGuest = Boolean(
    user?.is_restricted || user?.is_ultra_restricted || user?.is_stranger || user?.deleted || !user,
  );
  // A time zone that this machine does not know is ignored, so times follow the workspace's clock.
  const zone = user?.tz && canonicalZone(user.tz);
  const name = user?.profile?.display_name || user?.real_name || user?.name;
  return {
    id,
    ...(name && { name }),
    isGuest,
    isAdmin: Boolean(user?.is_admin || user?.is_owner || user?.is_primary_owner),
    ...(zone && { zone }),
  };
}

async function membersOf(client: WebClient, channel: string): Promise<Set<string>> {
  const members = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await client.conversations.members({ channel, limit: PAGE, ...(cursor && { cursor }) });
    for (const member of answer.members ?? []) members.add(member);
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) break;
  }
  return members;
}

/** Asks Slack; undefined when it answers with one of the codes for something that does not exist. */
async function asking<Answer>(
  method: string,
  about: string,
  scopes: string,
  none: RegExp,
  ask: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (none.test(codeOf(error) ?? "")) return undefined;
    if (codeOf(error) !== "missing_scope")
      throw slackError(error, { method, channel: about, readOnly: true });
    throw new PermanentError(`Slack does not let Tidewatch see who may do that (${method}, missing scope)`, {
      failure: "slack-workspace",
      advice: `Add ${scopes} to the bot's scopes and install the app again, or choose another rule with /tidewatch who-can.`,
      cause: error,
    });
  }
}

/** Caches answers for a while, including pending ones, so that simultaneous questions become one request. */
function rememberer(clock: Clock) {
  const kept = new Map<string, { at: number; answer: Promise<unknown> }>();
  return <Answer>(question: string, ask: () => Promise<Answer>): Promise<Answer> => {
    const known = kept.get(question);
    if (known && clock() - known.at < TRUE_FOR) return known.answer as Promise<Answer>;
    if (kept.size >= MOST_KEPT) kept.clear();
    const answer = ask();
    kept.set(question, { at: clock(), answer });
    // A failure is not cached.
    answer.catch(() => kept.delete(question));
    return answer;
  };
}
