// For Docker's health check: requests the given address, and exits with 0 when the response is a success.
const alive = await fetch(process.argv[2]!, { signal: AbortSignal.timeout(4_000) }).then(
  ({ ok }) => ok,
  () => false,
);
process.exit(alive ? 0 : 1);

export {};
