/** What a reading answers within a time; undefined if it takes longer or fails: whoever waits does not need it. */
export async function within<Answer>(
  reading: Promise<Answer>,
  milliseconds: number,
): Promise<Answer | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), milliseconds);
  try {
    return await Promise.race([reading.catch(() => undefined), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
