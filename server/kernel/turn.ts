/**
 * Lets everything else that waits be served: SQLite answers at once, so that a long work of many
 * small steps would otherwise be one long step.
 */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
