import { Button, Group, Modal, Radio, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, type AnyRow, fieldOf, titleOf } from '../../../shared/kernel/entity'
import { chosenFrom, differing, type Picks } from '../../../shared/kernel/merging'
import { formatWhen } from '../../ui/format'
import { FieldValue } from '../changes/ValueChange'
import { useNow } from '../use-now'
import { useRecordsById } from '../use-records'
import classes from './merge.module.css'
import { useMerge } from './use-merge'

type Props = {
  entity: AnyEntity
  ids: readonly string[]
  onClose: () => void
  onMerged: () => void
}

type ChoiceProps = {
  entity: AnyEntity
  rows: readonly AnyRow[]
  keptId: string
  picks: Picks
  onKeep: (id: string) => void
  onPick: (field: string, id: string) => void
}

const Choices = ({ entity, rows, keptId, picks, onKeep, onPick }: ChoiceProps) => {
  const now = useNow()
  const { t } = useTranslation('merge')
  const kept = rows.find(({ id }) => id === keptId) ?? rows[0]
  if (!kept) return null
  const others = rows.filter((row) => row !== kept)
  const fields = differing(entity, rows)
  const chosenId = (field: string): string => chosenFrom(field, { kept, others, picks }).id
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('keep')}</th>
            {rows.map((row) => (
              <th key={row.id} scope="col" data-kept={row === kept || undefined}>
                <Radio
                  name="kept"
                  checked={row === kept}
                  onChange={() => onKeep(row.id)}
                  label={titleOf(entity, row)}
                  description={
                    row.createdAt ? t('since', { when: formatWhen(row.createdAt, now) }) : ''
                  }
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{fieldOf(entity, field)?.label}</th>
              {rows.map((row) => (
                <td key={row.id}>
                  <Radio
                    name={field}
                    checked={chosenId(field) === row.id}
                    onChange={() => onPick(field, row.id)}
                    label={
                      <FieldValue entity={entity} field={field} value={row[field]} row={row} />
                    }
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Several records side by side: which one stays, and which values it takes. */
export const MergeDialog = ({ entity, ids, onClose, onMerged }: Props) => {
  const { t } = useTranslation('merge')
  const merge = useMerge()
  const found = useRecordsById(entity.name, ids)
  const rows = ids.flatMap((id) => found.get(id) ?? [])
  const [keptId, setKept] = useState(ids[0] ?? '')
  const [picks, setPicks] = useState<Picks>({})
  const [isBusy, setBusy] = useState(false)
  const kept = rows.find(({ id }) => id === keptId)
  const submit = async () => {
    if (!kept) return
    setBusy(true)
    const others = rows.filter((row) => row !== kept)
    const isDone = await merge({ entity, kept, others, picks }).finally(() => setBusy(false))
    if (isDone) onMerged()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="auto"
      closeButtonProps={{ 'aria-label': t('cancel') }}
      title={t('title', { count: ids.length, entity: entity.labelPlural.toLowerCase() })}
    >
      <Text size="sm" c="var(--text-quiet)" mb="sm" maw={720}>
        {t('text')}
      </Text>
      <Choices
        entity={entity}
        rows={rows}
        keptId={keptId}
        picks={picks}
        onKeep={(id) => {
          setKept(id)
          setPicks({})
        }}
        onPick={(field, id) => setPicks({ ...picks, [field]: id })}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button
          loading={isBusy}
          disabled={rows.length < ids.length}
          onClick={() => void submit()}
          data-autofocus
        >
          {t('merge')}
        </Button>
      </Group>
    </Modal>
  )
}
