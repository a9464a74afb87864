import { Link as RichLink, RichTextEditor } from '@mantine/tiptap'
import Collaboration from '@tiptap/extension-collaboration'
import { Placeholder } from '@tiptap/extensions'
import { useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textFragment } from '../../../shared/crdt/record-doc'
import { liveCursors } from '../presence/live-cursors'
import { useEditing, useRecordRoom } from '../presence/PresenceProvider'
import type { RecordRoom } from '../presence/record-room'
import classes from './notes.module.css'

type Props = { field: string; label: string; editable: boolean }

/** A rich-text field: typed here, merged with what others type, kept with every keystroke. */
export const NotesEditor = (props: Props) => {
  const room = useRecordRoom()
  return room ? (
    <BoundEditor key={room.doc.guid + props.field} room={room} {...props} />
  ) : (
    <div className={classes.waiting} />
  )
}

const BoundEditor = ({ room, field, label, editable }: Props & { room: RecordRoom }) => {
  const { t } = useTranslation('records')
  const [hasFocus, setFocus] = useState(false)
  useEditing(field, hasFocus)
  const editor = useEditor({
    editable,
    onFocus: () => setFocus(true),
    onBlur: () => setFocus(false),
    // The content security policy allows no style elements without the response's nonce.
    injectCSS: false,
    // The shared document fills it; as JSON, because HTML text is not let through.
    content: { type: 'doc', content: [{ type: 'paragraph' }] },
    editorProps: { attributes: { 'aria-label': label, role: 'textbox', 'aria-multiline': 'true' } },
    extensions: [
      // Undo belongs to the shared document, not to this editor alone.
      StarterKit.configure({ undoRedo: false, link: false }),
      RichLink,
      Placeholder.configure({ placeholder: t('notesHint') }),
      Collaboration.configure({ fragment: textFragment(room.doc, field) }),
      liveCursors(room.awareness),
    ],
  })
  return (
    <RichTextEditor editor={editor} className={classes.editor ?? ''} withTypographyStyles={false}>
      {editable ? (
        <RichTextEditor.Toolbar className={classes.toolbar ?? ''}>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.Bold />
            <RichTextEditor.Italic />
            <RichTextEditor.Strikethrough />
          </RichTextEditor.ControlsGroup>
          <RichTextEditor.ControlsGroup>
            <RichTextEditor.H3 />
            <RichTextEditor.BulletList />
            <RichTextEditor.OrderedList />
            <RichTextEditor.Blockquote />
            <RichTextEditor.Link />
          </RichTextEditor.ControlsGroup>
        </RichTextEditor.Toolbar>
      ) : null}
      <RichTextEditor.Content className={classes.content ?? ''} />
    </RichTextEditor>
  )
}
