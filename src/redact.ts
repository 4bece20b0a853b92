/** The longest first: a shorter one with the same start would leave the rest of a longer one readable. */
let secrets: readonly string[] = [];

/** From now on, `redact` replaces `secret`. Called once for every key and token. */
export function keepSecret(secret: string): void {
  // Shorter ones would match ordinary words; the configuration refuses them.
  if (secret.length < 6) return;
  // Also as JSON, as JSON in JSON, and as an address escapes it.
  const quoted = JSON.stringify(secret).slice(1, -1);
  const twice = JSON.stringify(quoted).slice(1, -1);
  const all = new Set([...secrets, secret, quoted, twice, encodeURIComponent(secret.toWellFormed())]);
  if (all.size > secrets.length) secrets = [...all].sort((a, b) => b.length - a.length);
}

/** The text without keys and tokens: the registered ones, and whatever looks like one. */
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
