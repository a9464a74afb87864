import { Link as RichLink, RichTextEditor } from '@mantine/tiptap'
import Collaboration from '@tiptap/extension-collaboration'
import { Placeholder } from '@tiptap/extensions'
import { useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { useTranslation } from 'react-i18next'
import type * as Y from 'yjs'
import { textFragment } from '../../../shared/crdt/record-doc'
import classes from './notes.module.css'
import { useTextDoc } from './use-text-doc'

type Props = { entity: string; id: string; field: string; label: string; editable: boolean }

/** A rich-text field: typed here, merged with what others type, kept with every keystroke. */
export const NotesEditor = ({ entity, id, field, label, editable }: Props) => {
  const doc = useTextDoc(entity, id, field)
  return doc ? (
    <BoundEditor
      key={doc.guid + id + field}
      doc={doc}
      field={field}
      label={label}
      editable={editable}
    />
  ) : (
    <div className={classes.waiting} />
  )
}

type BoundProps = { doc: Y.Doc; field: string; label: string; editable: boolean }

const BoundEditor = ({ doc, field, label, editable }: BoundProps) => {
  const { t } = useTranslation('records')
  const editor = useEditor({
    editable,
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
      Collaboration.configure({ fragment: textFragment(doc, field) }),
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
