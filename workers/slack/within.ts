/** That something took longer than it may. */
export class TooLate extends Error {}

/** What work answers, unless it takes longer than this many milliseconds: then it fails, in these words. */
export async function within<Result>(
  limit: number,
  work: Promise<Result>,
  otherwise: string,
): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new TooLate(otherwise)), limit);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
