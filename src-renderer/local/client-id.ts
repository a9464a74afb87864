/** Yjs client ids for texts that are written here without an editor. */

const reserved = 2 ** 16

/** A fresh id: used for one edit, so that no clock of it can ever be used twice. Small ids are the server's. */
export const freshClientId = (): number =>
  reserved + ((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % (2 ** 32 - reserved))
