/** Work that goes on by itself; what came of it, a failure too, is for whoever asks, if anybody does. */
export const begun = <T>(work: Promise<T>): (() => Promise<T>) => {
  const settled = Promise.allSettled([work])
  return async () => {
    const [outcome] = await settled
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  }
}
