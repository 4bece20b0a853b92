/** Waits for a condition, looking again and again; fails, saying what it waited for, after `patience` milliseconds. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  missingDataTimeout = 60_000,
): Promise<void> {
  const begun = performance.now();
  while (!(await condition())) {
    if (performance.now() - begun > missingDataTimeout)
      throw new Error(`waited ${missingDataTimeout} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
