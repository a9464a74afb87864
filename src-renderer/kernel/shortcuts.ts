/** Single keys and chords as shortcuts; they never fire while somebody types. */
import { useEffect, useRef } from 'react'

/** `mod+k`, `shift+?`, `g c` (one key after the other), `escape`. */
export type ShortcutMap = { [keys: string]: (event: KeyboardEvent) => void }

const chordMs = 1000

/** Whether keys belong to what has the focus: a field, an editor, an open dialog or menu. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type=checkbox]), textarea, select') ||
    target.closest('[role=dialog], [role=menu], [role=listbox]') !== null)

/** Escape goes back one level at a time: what lies over the screen closes first. */
const isSomethingOpen = (): boolean =>
  document.querySelector('[role=dialog], [role=menu], [role=listbox]') !== null

/** The name of a pressed key with its modifiers, as shortcuts write it. */
export const keyName = (
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string => {
  const key = event.key.toLowerCase()
  // A capital or a sign says by itself that Shift was down.
  const shift = event.shiftKey && (event.ctrlKey || event.metaKey || key.length > 1)
  return [
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.altKey ? 'alt' : '',
    shift ? 'shift' : '',
    key,
  ]
    .filter((part) => part !== '')
    .join('+')
}

type Options = { enabled?: boolean; whileTyping?: readonly string[] }

/** Listens for shortcuts as long as the component lives. */
export const useShortcuts = (map: ShortcutMap, options: Options = {}): void => {
  const latest = useRef(map)
  latest.current = map
  const { enabled = true, whileTyping = [] } = options
  const allowed = whileTyping.join(' ')
  useEffect(() => {
    if (!enabled) return
    let pending = { key: '', at: 0 }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const key = keyName(event)
      if (key === 'escape' && isSomethingOpen()) return
      if (isTyping(event.target) && !allowed.split(' ').includes(key)) return
      const chord = Date.now() - pending.at < chordMs ? `${pending.key} ${key}` : ''
      const handler = latest.current[chord] ?? latest.current[key]
      pending = { key, at: Date.now() }
      if (!handler) return
      event.preventDefault()
      handler(event)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [enabled, allowed])
}
