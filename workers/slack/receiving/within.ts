/** Work exceeded its time limit. */
export class TooLate extends Error {}

/** The result of the work. Fails with this text when it takes longer than this many milliseconds. */
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
