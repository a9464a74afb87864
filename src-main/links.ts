/** Links from outside: `tel:` numbers and `roadbook:` records. Nothing is dialled or changed by a link alone. */
import { type IpcEventValue, ipcEvents } from '../shared/protocol/ipc'

export type OpenedLink = IpcEventValue<'link.opened'>

/** What a link means, or `undefined` for anything that is not exactly one of ours. */
export const parseLink = (text: string): OpenedLink | undefined => {
  const tel = /^tel:(?:\/\/)?([+0-9().\-\s%]{3,60})$/i.exec(text)?.[1]
  if (tel !== undefined) return checked({ kind: 'tel', number: digits(tel) })
  const [, plural, id] = /^roadbook:\/\/([a-z]+)\/([0-9a-f-]{36})\/?$/.exec(text) ?? []
  return plural === undefined ? undefined : checked({ kind: 'record', plural, id })
}

const digits = (text: string): string => {
  const plain = text.replaceAll('%20', '').replaceAll('%2B', '+')
  return (plain.trim().startsWith('+') ? '+' : '') + plain.replace(/\D/g, '')
}

const checked = (value: unknown): OpenedLink | undefined => {
  const parsed = ipcEvents['link.opened'].safeParse(value)
  return parsed.success ? parsed.data : undefined
}

/** The first link among the arguments that the program was started with. */
export const linkIn = (argv: readonly string[]): OpenedLink | undefined => {
  for (const argument of argv) {
    const link = parseLink(argument)
    if (link) return link
  }
  return undefined
}
