/** The longest first: one that begins like another would leave the rest of that to be seen. */
let secrets: readonly string[] = [];

/** From here on, `secret` is replaced wherever `redact` looks. Called once for every key and token that is read. */
export function keepSecret(secret: string): void {
  // Shorter ones would blank out ordinary words, and are refused by the configuration.
  if (secret.length < 6) return;
  // As JSON quotes it, and JSON in JSON; as an address quotes it.
  const quoted = JSON.stringify(secret).slice(1, -1);
  const twice = JSON.stringify(quoted).slice(1, -1);
  const all = new Set([...secrets, secret, quoted, twice, encodeURIComponent(secret.toWellFormed())]);
  if (all.size > secrets.length) secrets = [...all].sort((a, b) => b.length - a.length);
}

/** The text without any key or token: those that were announced, and whatever looks like one. */
export function redact(text: string): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, "[redacted]");
  return clean
    .replace(/\bx(?:ox[a-z]|app)-[A-Za-z0-9-]{6,}/g, "[redacted]")
    .replace(/(authorization\W{1,4}Basic\s+)[A-Za-z0-9+/=]+/gi, "$1[redacted]")
    .replace(/(Bearer\s+)[^\s"'\\]+/gi, "$1[redacted]")
    .replace(/(Invalid API key:\s*)[^\s"'\\]+/gi, "$1[redacted]")
    .replace(/\b([a-z][a-z0-9+.-]{1,20}:\/\/[^:@/\s"]*:)[^@/\s"]+@/gi, "$1[redacted]@");
}
