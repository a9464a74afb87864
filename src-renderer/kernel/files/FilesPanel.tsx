import { Button, FileButton, Modal, Text } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { file as fileEntity, maxFileBytes } from '../../../shared/features/files/file'
import type { AnyRow } from '../../../shared/kernel/entity'
import { formatBytes } from '../../ui/format'
import { useDrop } from '../../ui/use-drop'
import type { RecordPartProps } from '../feature-view'
import { useMayEdit } from '../record/KeyFields'
import { FileRow } from './FileRow'
import classes from './files.module.css'
import { type FileWork, useFiles, useFileWork } from './use-files'

/** A picture over the screen; anything else is saved as a file. */
const Picture = ({ row, work, onClose }: { row: AnyRow; work: FileWork; onClose: () => void }) => {
  const { t } = useTranslation('files')
  const [url, setUrl] = useState<string | null>(null)
  const { contentOf } = work
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for the picture that is shown
  useEffect(() => {
    let made: string | null = null
    let isGone = false
    void contentOf(row).then((content) => {
      if (isGone) return
      if (!content) return onClose()
      made = URL.createObjectURL(content)
      setUrl(made)
    })
    return () => {
      isGone = true
      if (made !== null) URL.revokeObjectURL(made)
    }
  }, [row.id])
  return (
    <Modal
      opened
      onClose={onClose}
      size="auto"
      title={String(row.name)}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {url ? <img className={classes.picture} src={url} alt={String(row.name)} /> : null}
    </Modal>
  )
}

/** The files of a record; they are added by dropping or choosing, also offline. */
export const FilesPanel = ({ entity, row }: RecordPartProps) => {
  const { t } = useTranslation('files')
  const { rows, isLoading } = useFiles(entity, row)
  const work = useFileWork(entity, row)
  const canEdit = useMayEdit(fileEntity) && row.deletedAt === null
  const [shown, show] = useState<AnyRow | null>(null)
  const { handlers } = useDrop((files) => void work.add(files))
  return (
    <section className={classes.panel} {...(canEdit ? handlers : {})} aria-label={t('title')}>
      {canEdit ? (
        <div className={classes.add}>
          <FileButton multiple onChange={(files) => void work.add(files)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconUpload size={14} />}>
                {t('add')}
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="var(--text-quiet)">
            {t('hint', { size: formatBytes(maxFileBytes) })}
          </Text>
        </div>
      ) : null}
      <ul className={classes.rows} aria-label={t('title')}>
        {rows.map((one) => (
          <FileRow key={one.id} row={one} canEdit={canEdit} work={work} onShow={() => show(one)} />
        ))}
      </ul>
      {rows.length === 0 && !isLoading ? (
        <Text size="sm" c="var(--text-quiet)">
          {t('none')}
        </Text>
      ) : null}
      {shown ? <Picture row={shown} work={work} onClose={() => show(null)} /> : null}
    </section>
  )
}
