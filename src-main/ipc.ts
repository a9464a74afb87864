/** The one place where channels are registered: sender and arguments are checked for all of them. */
import { ipcMain } from 'electron'
import { type IpcChannel, type IpcInput, type IpcOutput, ipcContract } from '../shared/protocol/ipc'

export type Sender = { id: number }

export type IpcHandlers = {
  [C in IpcChannel]: (input: IpcInput<C>, sender: Sender) => IpcOutput<C> | Promise<IpcOutput<C>>
}

const channels = Object.keys(ipcContract) as IpcChannel[]

/** Checks sender and input, calls the handler. Exported for tests. */
export const createInvoker =
  (handlers: IpcHandlers, isTrustedSender: (url: string) => boolean) =>
  <C extends IpcChannel>(channel: C, event: { url: string; sender: Sender }, input: unknown) => {
    if (!isTrustedSender(event.url)) throw new Error('untrusted sender')
    const parsed = ipcContract[channel].input.safeParse(input)
    if (!parsed.success)
      throw new Error(`${channel}: ${parsed.error.issues[0]?.message ?? 'invalid'}`)
    // The schema of the very channel has just parsed it, which the compiler cannot follow.
    return handlers[channel](parsed.data as IpcInput<C>, event.sender)
  }

/** Registers every channel of the contract. */
export const registerIpc = (
  handlers: IpcHandlers,
  isTrustedSender: (url: string) => boolean,
): void => {
  const invoke = createInvoker(handlers, isTrustedSender)
  for (const channel of channels)
    ipcMain.handle(channel, (event, input: unknown) =>
      invoke(channel, { url: event.senderFrame?.url ?? '', sender: event.sender }, input),
    )
}
