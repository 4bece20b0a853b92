import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";

const read = (file: string) => readFileSync(file, "utf8");
const manifest = JSON.parse(read("slack-manifest.json"));
const { $schema: _, ...plain } = manifest;
const schema = JSON.parse(read("test/contracts-data/slack-manifest/manifest.schema.2.0.0.json"));
const isValid = new Ajv({ strict: false, allErrors: true, formats: { uri: true } }).compile(schema);

/** What the documents say of a scope: "scope | why". */
const explained = Array.from(
  read("docs/slack-setup.md").matchAll(/^\| `([a-z_]+(?:[:.][a-z.]+)*)` \| ([^|]+) \|$/gm),
  ([, scope]) => scope!,
);

describe("the Slack app's manifest", () => {
  test("matches Slack's schema", () => {
    expect(isValid(manifest), JSON.stringify(isValid.errors)).toBe(true);
    expect(isValid({ ...plain, display_information: { name: "x".repeat(36) } })).toBe(false);
    expect(isValid({ ...plain, feature: {} })).toBe(false);
  });

  test("stays within Slack's lengths for visible texts", () => {
    const [command] = manifest.features.slash_commands;
    expect(command.description.length).toBeLessThanOrEqual(2_000);
    expect(command.usage_hint.length).toBeLessThanOrEqual(1_000);
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
  });

  test("requests only scopes that the documents explain, each once", () => {
    const { bot } = manifest.oauth_config.scopes;
    expect(bot.filter((scope: string) => !explained.includes(scope))).toEqual([]);
    expect(new Set(bot).size).toBe(bot.length);
  });

  test("requests only scopes and events that Slack has", () => {
    const reference = "test/contracts-data/slack-api-ref";
    const methods: { scopes: string[] }[] = Object.values(JSON.parse(read(`${reference}/methods.json`)));
    const known = new Set(["commands", "app_mentions:read", ...methods.flatMap(({ scopes }) => scopes)]);
    expect(manifest.oauth_config.scopes.bot.filter((scope: string) => !known.has(scope))).toEqual([]);

    const events: string[] = JSON.parse(read(`${reference}/events.json`));
    const subscribed: string[] = manifest.settings.event_subscriptions.bot_events;
    expect(subscribed.filter((event) => !events.includes(event))).toEqual([]);
  });
});
