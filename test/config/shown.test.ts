import { expect, test } from "vitest";
import { ConfigError, readConfig } from "../../src/config/config.ts";

const SECRET = "5e0c7a11-never-shown";

test.each([
  ["a secret where the name of its file belongs", { BRAZE_API_KEY_FILE: SECRET }],
  ["a token that is quoted in another setting", { SLACK_BOT_TOKEN: SECRET, EVENTS: `soon ${SECRET}` }],
  [
    "a password in the address of Braze",
    { BRAZE_REST_ENDPOINT: `https://ada:${SECRET}@rest.iad-01.braze.com` },
  ],
  ["a heartbeat without its beginning", { HEARTBEAT_URL: `hc.example/${SECRET}` }],
])("with %s the errors are listed without any secret", (_, settings) => {
  const read = () => readConfig(settings);
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(expect.not.objectContaining({ message: expect.stringContaining(SECRET) }));
});
