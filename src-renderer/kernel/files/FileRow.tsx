import { ActionIcon, TextInput } from '@mantine/core'
import {
  IconDownload,
  IconFile,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconPencil,
  IconPhoto,
  IconTrash,
  type TablerIcon,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { file as fileEntity } from '../../../shared/features/files/file'
import type { AnyRow } from '../../../shared/kernel/entity'
import { formatBytes } from '../../ui/format'
import { WhoWhen } from '../changes/WhoWhen'
import { useRecordSync } from '../use-records'
import classes from './files.module.css'
import type { FileWork } from './use-files'

const icons: readonly [RegExp, TablerIcon][] = [
  [/^image\//, IconPhoto],
  [/pdf$/, IconFileTypePdf],
  [/sheet|excel|csv/, IconFileSpreadsheet],
  [/^text\/|word|document/, IconFileText],
]

const iconOf = (mediaType: unknown): TablerIcon =>
  icons.find(([pattern]) => pattern.test(String(mediaType)))?.[1] ?? IconFile

/** Kinds of images that every browser shows and none runs. */
export const isPicture = (row: AnyRow): boolean =>
  /^image\/(png|jpeg|gif|webp)$/.test(String(row.mediaType))

const NameEditor = ({
  name,
  onSave,
  onDone,
}: {
  name: string
  onSave: (name: string) => void
  onDone: () => void
}) => {
  const { t } = useTranslation('files')
  const [draft, setDraft] = useState(name)
  const save = () => {
    onDone()
    if (draft.trim() !== '' && draft.trim() !== name) onSave(draft.trim())
  }
  return (
    <TextInput
      className={classes.name ?? ''}
      aria-label={t('name')}
      autoFocus
      maxLength={200}
      value={draft}
      onChange={({ currentTarget }) => setDraft(currentTarget.value)}
      onBlur={save}
      onKeyDown={({ key }) => {
        if (key === 'Enter') save()
        if (key === 'Escape') onDone()
      }}
    />
  )
}

/** That the server does not have the content, and whether it did not take it. */
const Waiting = ({ id }: { id: string }) => {
  const { t } = useTranslation('files')
  const { refusedFields } = useRecordSync(fileEntity.name, id)
  return refusedFields.includes('uploadedAt') ? (
    <Link to="/sync-issues" className={classes.refused}>
      {t('refused')}
    </Link>
  ) : (
    <span className={classes.waiting}>{t('waiting')}</span>
  )
}

type Props = { row: AnyRow; canEdit: boolean; work: FileWork; onShow: () => void }

/** One file: what it is, whether the server has it, and what one does with it. */
export const FileRow = ({ row, canEdit, work, onShow }: Props) => {
  const { t } = useTranslation('files')
  const [isEditing, setEditing] = useState(false)
  const name = String(row.name)
  const Icon = iconOf(row.mediaType)
  const icon = { size: 14, stroke: 1.5 }
  return (
    <li className={classes.row}>
      <Icon size={18} stroke={1.5} className={classes.icon} aria-hidden />
      {isEditing ? (
        <NameEditor
          name={name}
          onSave={(next) => work.rename(row, next)}
          onDone={() => setEditing(false)}
        />
      ) : (
        <button
          type="button"
          className={classes.name}
          title={name}
          onClick={() => (isPicture(row) ? onShow() : void work.save(row))}
        >
          {name}
        </button>
      )}
      <span className={classes.detail}>
        {formatBytes(Number(row.size))}
        {row.uploadedAt === null ? <Waiting id={row.id} /> : null}
      </span>
      <span className={classes.detail}>
        {row.createdBy && row.createdAt ? <WhoWhen by={row.createdBy} at={row.createdAt} /> : null}
      </span>
      <span className={classes.buttons}>
        <ActionIcon
          aria-label={t('save', { name })}
          title={t('save', { name })}
          onClick={() => void work.save(row)}
        >
          <IconDownload {...icon} />
        </ActionIcon>
        {canEdit ? (
          <>
            <ActionIcon
              aria-label={t('rename', { name })}
              title={t('rename', { name })}
              onClick={() => setEditing(true)}
            >
              <IconPencil {...icon} />
            </ActionIcon>
            <ActionIcon
              aria-label={t('remove', { name })}
              title={t('remove', { name })}
              onClick={() => work.remove(row)}
            >
              <IconTrash {...icon} />
            </ActionIcon>
          </>
        ) : null}
      </span>
    </li>
  )
}
