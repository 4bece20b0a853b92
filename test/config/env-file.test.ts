import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidewatch-env-"));
});
afterEach(() => rm(folder, { recursive: true }));

const loader = pathToFileURL(resolve("src/cli/load-env.ts")).href;

/** Starts a program as the npm scripts do, beside a `.env` of these bytes; answers what it was given, or the complaint. */
async function given(bytes: string | Buffer, set: Record<string, string> = {}) {
  await writeFile(join(folder, ".env"), bytes);
  const args = ["--import", loader, "-e", "console.log(JSON.stringify(process.env))"];
  return new Promise<{ env?: Record<string, string>; complaint: string }>((done) => {
    execFile(process.execPath, args, { cwd: folder, env: set }, (error, stdout, stderr) =>
      done({ ...(!error && { env: JSON.parse(stdout) }), complaint: stderr }),
    );
  });
}

const text = "BRAZE_API_KEY=first\nTIME_ZONE=Europe/Berlin\n";
const all = { BRAZE_API_KEY: "first", TIME_ZONE: "Europe/Berlin" };

test.each<[string, string | Buffer]>([
  ["UTF-8", text],
  ["UTF-8 with a byte order mark", `\uFEFF${text}`],
  ["UTF-16, little end first", Buffer.from(`\uFEFF${text}`, "utf16le")],
  ["UTF-16, big end first", Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
  ["UTF-8 with the line ends of Windows", `\uFEFF${text.replaceAll("\n", "\r\n")}`],
  ["UTF-8 with the line ends of an old Mac", text.replaceAll("\n", "\r")],
  [
    "shell, with comments and quotes",
    `# mine\n\nexport BRAZE_API_KEY='first' # key\n  TIME_ZONE = "Europe/Berlin"  \n`,
  ],
])("a .env in %s gives every setting in it, including the first", async (_, bytes) => {
  expect(await given(bytes)).toMatchObject({ env: all, complaint: "" });
});

test("a variable of the environment overrides .env", async () => {
  expect((await given(text, { TIME_ZONE: "UTC" })).env).toMatchObject({ ...all, TIME_ZONE: "UTC" });
});

test("a quoted value keeps its #, and a value may hold quotes, spaces and equals signs", async () => {
  const { env } = await given(`A="s3#cret"\nB=it's 1 = 1; "so"\nC=\n`);
  expect(env).toMatchObject({ A: "s3#cret", B: `it's 1 = 1; "so"`, C: "" });
});

test.each([
  ["a value that would be cut at its #", "BRAZE_API_KEY=top#secret", /line 2: .*BRAZE_API_KEY contains a #/],
  [
    "a quote that is never closed",
    'BRAZE_API_KEY="top secret',
    /line 2: .*BRAZE_API_KEY begins with a quote/,
  ],
  [
    "more behind the closing quote",
    'BRAZE_API_KEY="top"secret',
    /line 2: .*BRAZE_API_KEY begins with a quote/,
  ],
  ["a line that sets nothing", "top secret", /line 2: it is not NAME=value/],
  ["a name with a dash", "BRAZE-API-KEY=top secret", /line 2: it is not NAME=value/],
])(
  "%s is refused with its line number and without its value, which may be a secret",
  async (_, line, complaint) => {
    const { env, complaint: expected } = await given(`TIME_ZONE=UTC\n${line}\nSLACK_BOT_TOKEN=xoxb-1\n`);
    expect(env).toBeUndefined();
    expect(expected).toMatch(complaint);
    expect(expected).not.toMatch(/secret|top/);
  },
);

test("a .env of binary data is refused", async () => {
  const { env, complaint } = await given(Buffer.from([0x41, 0x3d, 0xe4, 0x0a]));
  expect([env, complaint]).toEqual([undefined, expect.stringContaining("Save it as UTF-8")]);
});
