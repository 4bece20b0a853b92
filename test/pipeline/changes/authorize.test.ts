import { beforeEach, describe, expect, test } from "vitest";
import { authorize, permitEverywhere, refuseLockout } from "../../../src/pipeline/changes/authorize.ts";
import type { People, Person } from "../../../src/pipeline/ports/slack.ts";
import type { Permissions } from "../../../src/settings/permissions.ts";
import { aWatch } from "../../support/builders.ts";
import { freshStores } from "../../support/stores.ts";

const persons: Record<string, Person> = {
  owner: { id: "owner", isGuest: false, isAdmin: true },
  ben: { id: "ben", isGuest: false, isAdmin: false },
  carla: { id: "carla", isGuest: false, isAdmin: false },
  stranger: { id: "stranger", isGuest: true, isAdmin: false },
};

/** Ben is in both alert channels, Carla in one; nobody can see into the third. */
const channels: Record<string, readonly string[]> = { C0ALERTS1: ["ben", "carla"], C0ALERTS2: ["ben"] };
const groups: Record<string, readonly string[]> = { S0ONCALL1: ["ben"] };

const people: People = {
  person: async (user) => persons[user]!,
  isInChannel: async (user, channel) => channels[channel]?.includes(user),
  isInGroup: async (user, group) => groups[group]?.includes(user),
  groups: async () => [],
};

let stores: ReturnType<typeof freshStores>;
const context = () => ({ ...stores, people });
beforeEach(async () => {
  stores = freshStores();
  await stores.watches.save(aWatch({ id: "a", channel: "C0ALERTS1" }));
  await stores.watches.save(aWatch({ id: "b", channel: "C0ALERTS2" }));
});

/** The refusal for a person; undefined with permission. */
const refusal = (asked: Promise<unknown>): Promise<string | undefined> =>
  asked.then(
    () => undefined,
    (error: Error) => error.message,
  );

describe("a change that concerns every alert channel, such as a permission rule", () => {
  test.each<[Permissions, Record<string, RegExp | undefined>]>([
    [{ who: "everyone" }, { owner: undefined, ben: undefined, carla: /You are not in C0ALERTS2/ }],
    [{ who: "members" }, { owner: undefined, ben: undefined, carla: /You are not in C0ALERTS2/ }],
    [{ who: "admins" }, { owner: undefined, ben: /only admins/, carla: /only admins/ }],
    [
      { who: "group", group: "S0ONCALL1" },
      { owner: undefined, ben: undefined, carla: /only members of/ },
    ],
    [
      { who: "group", group: "S0GONE001" },
      { owner: undefined, ben: /no longer exists.*admin/ },
    ],
  ])(
    "is allowed under %j to admins, and to permitted people who are in all alert channels",
    async (rule, asked) => {
      await stores.permissions.set(rule);
      for (const [user, words] of Object.entries({
        ...asked,
        stranger: /guests and people from other companies cannot/,
      })) {
        const lastNotified = await refusal(permitEverywhere(user, context()));
        if (words) expect(lastNotified, user).toMatch(words);
        else expect(lastNotified, user).toBeUndefined();
      }
    },
  );

  test("is allowed only to admins where Tidewatch cannot read a channel's members", async () => {
    await stores.watches.save(aWatch({ id: "c", channel: "C0GONE001" }));
    expect(await refusal(permitEverywhere("ben", context()))).toMatch(/You are not in C0GONE001/);
    expect(await refusal(permitEverywhere("owner", context()))).toBeUndefined();
  });
});

describe("a permission rule that nobody can meet any more", () => {
  test("because its user group is gone still allows admins, and tells the others who can repair it", async () => {
    await stores.permissions.set({ who: "group", group: "S0GONE001" });
    expect(await refusal(authorize("owner", ["C0ALERTS1"], context()))).toBeUndefined();
    expect(await refusal(authorize("ben", ["C0ALERTS1"], context()))).toMatch(
      /Ask an admin .* \/tidewatch who-can/,
    );
  });

  test("because its channel is gone still allows admins, and tells the others why", async () => {
    await stores.permissions.set({ who: "members" });
    expect(await refusal(authorize("owner", ["C0GONE001"], context()))).toBeUndefined();
    expect(await refusal(authorize("ben", ["C0GONE001"], context()))).toMatch(
      /the channel no longer exists, or the bot is not in it/,
    );
  });

  test("is not saved for a missing group or for one without its author", async () => {
    const set = (who: string, permissions: Permissions) =>
      refusal(refuseLockout(permissions, persons[who]!, context()));
    expect(await set("owner", { who: "group", group: "S0GONE001" })).toMatch(/no such user group/);
    expect(await set("carla", { who: "group", group: "S0ONCALL1" })).toMatch(/only members of/);
    expect(await set("ben", { who: "admins" })).toMatch(/only admins/);
    // An admin may always set another.
    expect(await set("owner", { who: "group", group: "S0ONCALL1" })).toBeUndefined();
  });
});
