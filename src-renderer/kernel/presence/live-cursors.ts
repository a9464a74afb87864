/** Colleagues' cursors in a rich text, as an extension of the editor. */
import { Extension } from '@tiptap/core'
import { yCursorPlugin } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'

/** The tones of cursors, declared in notes.module.css. */
const tones = 6

const toneOf = (clientId: number): string => String(clientId % tones)

/** Built from elements, because the content security policy lets no markup from text through. */
const cursorOf = (user: { name?: unknown }, clientId: number): HTMLElement => {
  const cursor = document.createElement('span')
  cursor.className = 'live-cursor'
  cursor.dataset.tone = toneOf(clientId)
  const name = document.createElement('span')
  name.className = 'live-cursor-name'
  name.textContent = String(user.name ?? '')
  cursor.append('\u2060', name, '\u2060')
  return cursor
}

/** Shows where colleagues stand in the text and what they have selected. */
export const liveCursors = (awareness: Awareness): Extension =>
  Extension.create({
    name: 'liveCursors',
    addProseMirrorPlugins: () => [
      yCursorPlugin(awareness, {
        cursorBuilder: cursorOf,
        selectionBuilder: (_user: unknown, clientId: number) => ({
          class: 'live-selection',
          'data-tone': toneOf(clientId),
        }),
      }),
    ],
  })
