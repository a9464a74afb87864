/**
 * The desktop bridge: everything the page may ask the main process, and everything it may be told.
 * The preload exposes just these names; the main process checks every argument by these schemas.
 */
import { z } from 'zod'

const key = z.string().regex(/^refresh-token:[\w.-]{1,200}$/, 'is not a name of a secret')

/** Links that may leave the app. */
export const externalUrlSchema = z
  .string()
  .max(4000)
  .regex(/^(https:\/\/|mailto:|tel:)/i, 'is not a link that may be opened')

/** Channels with the schemas of their input and output. */
export const ipcContract = {
  'app.info': {
    input: z.void(),
    output: z.object({ version: z.string(), platform: z.string(), defaultServerUrl: z.string() }),
  },
  /** `null`: there is no such secret. */
  'secrets.get': { input: z.object({ key }), output: z.string().nullable() },
  /** `false`: this system has no safe place for secrets, so nothing was kept. */
  'secrets.set': { input: z.object({ key, value: z.string().max(4000) }), output: z.boolean() },
  'secrets.remove': { input: z.object({ key }), output: z.void() },
  'shell.open': { input: z.object({ url: externalUrlSchema }), output: z.void() },
  'window.new': { input: z.void(), output: z.void() },
  'window.badge': { input: z.object({ count: z.int().min(0).max(9999) }), output: z.void() },
} as const

export type IpcChannel = keyof typeof ipcContract
export type IpcInput<C extends IpcChannel> = z.infer<(typeof ipcContract)[C]['input']>
export type IpcOutput<C extends IpcChannel> = z.infer<(typeof ipcContract)[C]['output']>

/** Commands of the application menu, by the names of the actions that they run. */
export const menuCommands = [
  'create.contact',
  'create.account',
  'create.lead',
  'create.activity',
  'palette',
  'undo',
  'redo',
  'theme',
  'help',
] as const

/** What the page is told, with the schemas of what comes along. */
export const ipcEvents = {
  'menu.command': z.enum(menuCommands),
  'link.opened': z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('tel'), number: z.string().regex(/^\+?[0-9]{3,20}$/) }),
    z.object({
      kind: z.literal('record'),
      plural: z.string().regex(/^[a-z]{1,40}$/),
      id: z.uuid(),
    }),
  ]),
  'power.resumed': z.null(),
} as const

export type IpcEvent = keyof typeof ipcEvents
export type IpcEventValue<E extends IpcEvent> = z.infer<(typeof ipcEvents)[E]>

/** `window.roadbook` in the desktop app. */
export type DesktopBridge = {
  invoke: <C extends IpcChannel>(channel: C, input: IpcInput<C>) => Promise<IpcOutput<C>>
  /** Calls back on an event until the returned function is called. */
  on: <E extends IpcEvent>(event: E, listener: (value: IpcEventValue<E>) => void) => () => void
}
