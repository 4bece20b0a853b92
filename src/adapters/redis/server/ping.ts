import { connect } from "node:net";

/** How long a server may take to end, in milliseconds. */
const END_WITHIN = 10_000;

/** Whether a Redis answers at an address of the loopback interface. */
export const answers = async (url: string): Promise<boolean> => (await ask(url, "PING")).includes("+PONG");

/** Ends whatever Redis is at an address of the loopback interface. Throws when it does not end. */
export async function shutDown(url: string): Promise<void> {
  const begun = performance.now();
  while (await answers(url)) {
    if (performance.now() - begun > END_WITHIN) throw new Error(`Redis at ${new URL(url).host} does not end`);
    await ask(url, "SHUTDOWN");
  }
}

/** What a Redis says to a command, empty when there is none. */
function ask(url: string, command: string): Promise<string> {
  const { hostname, port, password } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: 1_000 }, () =>
      socket.write(`AUTH ${password}\r\n${command}\r\n`),
    );
    let answer = "";
    const finish = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("data", (chunk) => {
      answer += chunk;
      // One line for AUTH, one for the command.
      if (answer.split("\r\n").length > 2) finish();
    });
    for (const event of ["error", "end", "timeout"]) socket.once(event, finish);
  });
}
