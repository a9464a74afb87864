/** The files of a record: reading the list, adding, opening, renaming, removing. */
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { file as fileEntity } from '../../../shared/features/files/file'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { saveFile } from '../save-file'
import { showRefusal, showUndo, useCommit, useRecords } from '../use-records'
import { useStore } from '../use-store'

/** The field by which files point at records of this entity, if they do. */
export const fileField = (target: AnyEntity): string | undefined =>
  Object.entries(fileEntity.fields).find(
    ([, field]) => field.kind === 'ref' && field.target === target.name && target.name !== 'user',
  )?.[0]

export const useFiles = (target: AnyEntity, row: AnyRow) => {
  const field = fileField(target)
  return useRecords(
    {
      entity: fileEntity.name,
      where: [{ field: field ?? 'contactId', operator: 'eq', value: row.id }],
      sort: [{ field: 'createdAt', descending: true }],
    },
    { enabled: field !== undefined },
  )
}

export const useFileWork = (target: AnyEntity, row: AnyRow) => {
  const { t } = useTranslation('files')
  const store = useStore()
  const commit = useCommit()
  const field = fileField(target)
  const addOne = async (content: File) => {
    if (field === undefined) return
    const name = content.name
    const file = { name, mediaType: content.type, content, links: { [field]: row.id } }
    const label = t('added', { name })
    const result = await store.addFile(file, { label })
    if (!result.ok) showRefusal(result)
    else if (result.undoId !== null) showUndo(store, label, result.undoId)
  }
  const contentOf = async (file: AnyRow): Promise<Blob | null> => {
    const answer = await store.fileContent(file.id)
    if (answer.ok) return new Blob([answer.content], { type: String(file.mediaType ?? '') })
    showRefusal(answer)
    return null
  }
  const change = (file: AnyRow, label: string, set: { [field: string]: unknown }) =>
    void commit([{ entity: fileEntity.name, id: file.id, set }], {
      label: t(label, { name: String(file.name) }),
      toast: true,
    })
  return {
    add: async (files: readonly File[]) => {
      for (const one of files) {
        try {
          await addOne(one)
        } catch {
          // A folder, or a file that was moved away meanwhile.
          notifications.show({ color: 'red', message: t('unreadable', { name: one.name }) })
        }
      }
    },
    contentOf,
    save: async (file: AnyRow) => {
      const content = await contentOf(file)
      if (content) saveFile(String(file.name), content)
    },
    rename: (file: AnyRow, name: string) => change(file, 'renamed', { name }),
    remove: (file: AnyRow) => change(file, 'removed', { deletedAt: new Date().toISOString() }),
  }
}

export type FileWork = ReturnType<typeof useFileWork>
