/** Put in by the build: JSON arrays of the names in shared/protocol/ipc.ts. */
declare const __IPC_CHANNELS__: string
declare const __IPC_EVENTS__: string
