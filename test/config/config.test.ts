import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Config, ConfigError, readConfig } from "../../src/config/config.ts";

const folder = mkdtempSync(join(tmpdir(), "tidewatch-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const plain = {
  BRAZE_REST_ENDPOINT: "https://rest.iad-01.braze.com",
  BRAZE_API_KEY: "key-of-the-main-workspace",
  SLACK_BOT_TOKEN: "xoxb-a-token-of-slack",
};

const two = { ...plain, BRAZE_WORKSPACE: "main,eu-2", EU_2_BRAZE_API_KEY: "key-of-the-other-workspace" };

/** What is said of an environment that will not do, line by line. */
function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split("\n").map((line) => line.replace("  - ", ""));
  }
  return [];
}

describe("one workspace", () => {
  test("needs only an address, a key and a token", () => {
    const { workspaces, ops } = readConfig(plain);
    expect(workspaces).toEqual([
      {
        name: "main",
        endpoint: "https://rest.iad-01.braze.com",
        apiKey: "key-of-the-main-workspace",
        zone: "UTC",
        dashboard: "https://dashboard-01.braze.com",
        naiveZone: "UTC",
        quotaReserve: 0.2,
        emptyHours: "unknown",
        sends: true,
      },
    ]);
    expect(ops?.zone).toBeUndefined();
  });

  test("may have its key in a file, which is remembered", () => {
    const { BRAZE_API_KEY: _, ...rest } = plain;
    const path = file("main", "key-from-a-file\n");
    expect(readConfig({ ...rest, BRAZE_API_KEY_FILE: path }).workspaces[0]).toMatchObject({
      apiKey: "key-from-a-file",
      apiKeyFile: path,
    });
  });
});

test.each([
  [{ TIME_ZONE: "US/Eastern" }, { zone: "America/New_York" }],
  [{ TIME_ZONE: "asia/kolkata" }, { zone: "Asia/Calcutta" }],
  [{ BRAZE_NAIVE_TIME_ZONE: "GB" }, { naiveZone: "Europe/London" }],
  [{ HOLIDAY_COUNTRY: "au-vic" }, { country: "AU-VIC" }],
])("a time zone or country set by another name, as %j, is stored under one name: %j", (env, expected) => {
  expect(readConfig({ ...plain, ...env }).workspaces[0]).toMatchObject(expected);
});

describe("several workspaces", () => {
  test("use their own settings, and otherwise the common ones", () => {
    const { workspaces, ops } = readConfig({
      ...two,
      TIME_ZONE: "America/New_York",
      HOLIDAY_COUNTRY: "US",
      BRAZE_QUOTA_RESERVE: "30%",
      EU_2_BRAZE_REST_ENDPOINT: "https://rest.fra-02.braze.eu",
      EU_2_TIME_ZONE: "Europe/Berlin",
      EU_2_HOLIDAY_COUNTRY: "DE",
      EU_2_BRAZE_QUOTA_RESERVE: "50%",
    });
    expect(workspaces).toMatchObject([
      {
        name: "main",
        zone: "America/New_York",
        country: "US",
        quotaReserve: 0.3,
        apiKey: plain.BRAZE_API_KEY,
      },
      {
        name: "eu-2",
        zone: "Europe/Berlin",
        country: "DE",
        quotaReserve: 0.5,
        apiKey: two.EU_2_BRAZE_API_KEY,
        endpoint: "https://rest.fra-02.braze.eu",
        dashboard: "https://dashboard-02.braze.eu",
      },
    ]);
    expect(ops?.zone).toBe("America/New_York");
  });

  test("may share an instance, each with its key in its own file", () => {
    const { BRAZE_API_KEY: _, EU_2_BRAZE_API_KEY: __, ...rest } = two;
    const config: Config = readConfig({
      ...rest,
      MAIN_BRAZE_API_KEY_FILE: file("one", "key-in-file-one"),
      EU_2_BRAZE_API_KEY_FILE: file("two", "key-in-file-two"),
    });
    expect(config.workspaces.map(({ apiKey, endpoint }) => [apiKey, endpoint])).toEqual([
      ["key-in-file-one", plain.BRAZE_REST_ENDPOINT],
      ["key-in-file-two", plain.BRAZE_REST_ENDPOINT],
    ]);
  });
});

test.each<[string, Record<string, string>, string[]]>([
  [
    "a key that is missing",
    { ...plain, BRAZE_API_KEY: "" },
    [expect.stringMatching(/^BRAZE_API_KEY is missing: a REST API key/)],
  ],
  [
    "a key of one of several that is missing",
    { ...two, EU_2_BRAZE_API_KEY: "" },
    ["EU_2_BRAZE_API_KEY is missing: the key is that of the workspace main"],
  ],
  [
    "no key at all, for each that has none",
    { ...two, BRAZE_API_KEY: "", EU_2_BRAZE_API_KEY: "" },
    [
      expect.stringMatching(/^MAIN_BRAZE_API_KEY is missing/),
      expect.stringMatching(/^EU_2_BRAZE_API_KEY is missing/),
    ],
  ],
  [
    "what all share, once",
    { ...two, TIME_ZONE: "Mars/Base" },
    [expect.stringMatching(/^TIME_ZONE must be an IANA time zone/)],
  ],
  [
    "what all would share, though each has its own",
    { ...two, TIME_ZONE: "Mars/Base", MAIN_TIME_ZONE: "Europe/Berlin", EU_2_TIME_ZONE: "Europe/Berlin" },
    [expect.stringMatching(/^TIME_ZONE must be an IANA time zone/)],
  ],
  [
    "what one has of its own, by its name",
    { ...two, EU_2_TIME_ZONE: "Mars/Base", EU_2_BRAZE_QUOTA_RESERVE: "most" },
    [
      expect.stringMatching(/^EU_2_TIME_ZONE must be an IANA time zone/),
      expect.stringMatching(/^EU_2_BRAZE_QUOTA_RESERVE must be a percentage/),
    ],
  ],
  [
    "a file that is not there, without a second complaint",
    { ...plain, BRAZE_API_KEY: "", BRAZE_API_KEY_FILE: join(folder, "nowhere") },
    [expect.stringMatching(/^BRAZE_API_KEY_FILE names a file that cannot be read$/)],
  ],
  [
    "the same of one of several",
    { ...two, EU_2_BRAZE_API_KEY: "", EU_2_BRAZE_API_KEY_FILE: join(folder, "nowhere") },
    [expect.stringMatching(/^EU_2_BRAZE_API_KEY_FILE names a file that cannot be read/)],
  ],
  [
    "names that are none, or twice the same",
    { ...two, BRAZE_WORKSPACE: "main,main,E U" },
    [
      'BRAZE_WORKSPACE names "main" twice',
      expect.stringMatching(/^BRAZE_WORKSPACE holds "E U", which is not a workspace name/),
    ],
  ],
  [
    "what is wrong everywhere, all at once",
    { BRAZE_REST_ENDPOINT: "https://sdk.iad-03.braze.com", TIME_ZONE: "Mars/Base", LOG_LEVEL: "loud" },
    [
      expect.stringMatching(/^SLACK_BOT_TOKEN is missing/),
      expect.stringMatching(/^LOG_LEVEL must be debug/),
      expect.stringMatching(/^BRAZE_REST_ENDPOINT .*write https:\/\/rest\.iad-03\.braze\.com$/),
      expect.stringMatching(/^BRAZE_API_KEY is missing/),
      expect.stringMatching(/^TIME_ZONE must be an IANA time zone/),
    ],
  ],
])("%s is reported without any secret's value", (_, env, expected) => {
  const problems = problemsOf(env);
  expect(problems).toEqual(expect.arrayContaining(expected));
  expect(problems).toHaveLength(expected.length);
  for (const secret of ["key-of-the-main-workspace", "key-of-the-other-workspace"])
    expect(problems.join()).not.toContain(secret);
});

test.each([
  "http://slack.example.com/api/",
  "ftp://slack.com/api/",
  "https://somebody@slack.com/api/",
  "slack.com/api",
])("the token is not sent to %s", (url) => {
  expect(problemsOf({ ...plain, SLACK_API_URL: url })).toEqual([
    "SLACK_API_URL must be an address that starts with https:// and ends with /api/",
  ]);
});
