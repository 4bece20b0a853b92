/** Certificates are checked before the request is written. */
const CERTIFICATE = /^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_|ERR_SSL_)/;

/**
 * Whether a request failed before any byte of it can have reached Slack: no address, no connection, no trusted
 * certificate.
 */
export function wasNeverSent(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    // An established connection fails with `read` or `write` instead.
    if (syscall === "connect" || syscall === "getaddrinfo" || code === "UND_ERR_CONNECT_TIMEOUT") return true;
    if (code && CERTIFICATE.test(code)) return true;
    // A host with several addresses has one failure for each.
    if (cause instanceof AggregateError && cause.errors.length > 0) return cause.errors.every(wasNeverSent);
  }
  return false;
}
