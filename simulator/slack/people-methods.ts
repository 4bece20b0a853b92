import type { Call, Method } from "./method.ts";
import { words } from "./method.ts";
import type { Person } from "./people.ts";
import { Refusal } from "./refusal.ts";
import { team } from "./wire.ts";

/** `users.info`. */
function userInfo({ args, workspace }: Call) {
  const person = workspace.person(String(args.user));
  if (!person) throw new Refusal("user_not_found");
  return { user: wirePerson(person) };
}

const userList = ({ workspace }: Call) => ({
  members: workspace.people.map(wirePerson),
  response_metadata: { next_cursor: "" },
});

function groupUsers({ args, workspace }: Call) {
  const group = workspace.groups.find(({ id }) => id === args.usergroup);
  if (!group) throw new Refusal("no_such_subteam");
  return { users: group.people };
}

const groupList = ({ workspace }: Call) => ({
  usergroups: workspace.groups.map(({ id, handle, name, people }) => ({
    id,
    team_id: team.id,
    is_usergroup: true,
    name,
    handle,
    user_count: people.length,
  })),
});

const wirePerson = ({ id, name, realName, zone = "UTC", guest, ...more }: Person) => ({
  id,
  team_id: team.id,
  name,
  deleted: more.isDeactivated === true,
  real_name: realName,
  tz: zone,
  tz_label: zone,
  tz_offset: offsetOf(zone),
  profile: { real_name: realName, display_name: name, team: team.id },
  is_admin: more.isAdmin === true,
  is_owner: more.isOwner === true,
  is_primary_owner: more.isOwner === true,
  is_restricted: guest !== undefined,
  is_ultra_restricted: guest === "single-channel",
  is_bot: false,
  is_app_user: false,
});

/** Seconds east of UTC in January, when nobody keeps summer time in the north. */
const offsetOf = (zone: string): number => {
  const january = new Date(Date.UTC(2026, 0, 15, 12));
  const local = new Date(`${january.toLocaleString("sv", { timeZone: zone }).replace(" ", "T")}Z`);
  return (local.getTime() - january.getTime()) / 1_000;
};

/** The methods about people, groups and the team. */
export const peopleMethods: Readonly<Record<string, Method>> = {
  "users.info": {
    required: ["user"],
    optional: ["include_locale"],
    scopes: ["users:read"],
    tier: "t4",
    answer: userInfo,
  },
  "users.list": {
    required: [],
    optional: words("cursor include_locale limit team_id"),
    scopes: ["users:read"],
    tier: "t2",
    answer: userList,
  },
  "usergroups.list": {
    required: [],
    optional: words("include_count include_disabled include_users team_id"),
    scopes: ["usergroups:read"],
    tier: "t2",
    answer: groupList,
  },
  "usergroups.users.list": {
    required: ["usergroup"],
    optional: words("include_disabled team_id"),
    scopes: ["usergroups:read"],
    tier: "t2",
    answer: groupUsers,
  },
  "team.info": {
    required: [],
    optional: words("domain team"),
    scopes: ["team:read"],
    tier: "t3",
    answer: () => ({ team: { id: team.id, name: team.name, domain: team.domain } }),
  },
};
