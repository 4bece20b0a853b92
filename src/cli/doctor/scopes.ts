import { workspaceAdvice } from "../../adapters/slack/client/advice.ts";
import type { Permissions } from "../../settings/permissions.ts";

/** What the scopes of a token allow. */
export interface Ability {
  /** All of these, or `any` of them. */
  readonly needs: readonly string[];
  readonly any?: true;
  readonly can: string;
  readonly cannot: string;
  readonly advice: string;
  /** Whether it is an error to lack it. */
  readonly isRequired?: true;
}

/** What Tidewatch uses Slack for, apart from alerts. */
export interface ScopeUses {
  /** Whether it listens to commands, clicks and messages. */
  readonly isListening: boolean;
  readonly permissions: Permissions;
}

const ADD = "Update the Slack app from slack-manifest.json, or add these scopes, and install it again.";

const always: readonly Ability[] = [
  {
    needs: ["chat:write"],
    can: "it may write (chat:write)",
    cannot: "it may not write: the scope chat:write is missing",
    advice: workspaceAdvice("missing_scope"),
    isRequired: true,
  },
  {
    needs: ["channels:history", "groups:history"],
    any: true,
    can: "it may check whether a message arrived, so that nothing is posted twice",
    cannot: "it may not look whether a message arrived (channels:history, groups:history)",
    advice: "Add these scopes, or choose with SLACK_WHEN_UNSURE what happens when nobody knows.",
  },
  {
    needs: ["files:write", "files:read"],
    can: "it may upload the pictures of alerts (files:write, files:read)",
    cannot:
      "it may not upload the pictures of alerts (files:write, files:read): charts of Slack or text take their place",
    advice: "Add these scopes to the Slack app and install it again.",
  },
  {
    needs: ["users:read"],
    can: "it may see who is a guest, so that no guest changes what is watched",
    cannot:
      "it may not see who people are (users:read), so that nobody can change from Slack what is watched",
    advice: "Add users:read to the Slack app and install it again; docs/slack-setup.md lists every scope.",
  },
];

const listening: readonly Ability[] = [
  {
    needs: ["commands"],
    can: "it may receive /tidewatch, shortcuts and clicks (commands)",
    cannot: "it does not receive /tidewatch and shortcuts (commands)",
    advice: ADD,
  },
  {
    needs: ["app_mentions:read", "im:history"],
    can: "it may receive mentions and direct messages (app_mentions:read, im:history)",
    cannot: "it receives no mentions or direct messages (app_mentions:read, im:history)",
    advice: ADD,
  },
  {
    needs: ["channels:read", "groups:read"],
    can: "it may notice invitations, and see who is in a channel (channels:read, groups:read)",
    cannot:
      "it does not notice all invitations, and cannot see who is in each channel (channels:read, groups:read)",
    advice: ADD,
  },
  {
    needs: ["channels:history", "groups:history"],
    can: "it may receive replies in the threads of alerts; Slack does not report whether the app subscribes to them",
    cannot: "it does not receive replies in the threads of all alerts (channels:history, groups:history)",
    advice: ADD,
  },
];

const listed: Ability = {
  needs: ["usergroups:read"],
  can: "its forms list the user groups (usergroups:read)",
  cannot: "its forms do not list the user groups, whose ids are typed then (usergroups:read)",
  advice: ADD,
};

const groups: Ability = {
  needs: ["usergroups:read"],
  can: "it may see who is in the user group that may change watches (usergroups:read)",
  cannot:
    "it may not see who is in the user group that may change watches (usergroups:read), so only admins may",
  advice: ADD,
  isRequired: true,
};

/** The abilities that matter for these uses. */
export const abilitiesFor = ({ isListening, permissions }: ScopeUses): Ability[] => [
  ...always,
  ...(isListening ? listening : []),
  ...(permissions.who === "group" ? [groups] : isListening ? [listed] : []),
];
