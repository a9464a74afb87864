import { ActionIcon, Text } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AnyRow } from '../../../shared/kernel/entity'
import { Reference } from '../../kernel/fields/Reference'
import { recordName, useCommit, useRecordsById } from '../../kernel/use-records'
import { formatDay } from '../../ui/format'
import classes from './relationships.module.css'
import { type End, endsOf, type Phrase, phraseKey, tieTypeOf } from './ties'

type Props = {
  centre: End
  ties: readonly AnyRow[]
  canEdit: boolean
  onEdit: (tie: AnyRow) => void
}

/** A tie as the centre tells it: what it is to whom. */
const toldBy = (centre: End, tie: AnyRow): { other: End; phrase: Phrase } | null => {
  const ends = endsOf(tie)
  if (!ends) return null
  const isReversed = ends.to.id === centre.id
  return {
    other: isReversed ? ends.from : ends.to,
    phrase: { type: tieTypeOf(tie), isReversed },
  }
}

const periodOf = (tie: AnyRow, t: TFunction<'relationships'>): string => {
  const since = typeof tie.since === 'string' ? formatDay(tie.since) : null
  const until = typeof tie.until === 'string' ? formatDay(tie.until) : null
  if (since && until) return t('sinceUntil', { since, until })
  if (since) return t('sinceDay', { since })
  return until ? t('untilDay', { until }) : ''
}

/** The record's own ties in words. */
export const RelationshipList = ({ centre, ties, canEdit, onEdit }: Props) => {
  const { t } = useTranslation('relationships')
  const commit = useCommit()
  const told = ties.flatMap((tie) => {
    const words = toldBy(centre, tie)
    return words ? [{ tie, ...words }] : []
  })
  const idsOf = (kind: End['entity']) =>
    told.filter(({ other }) => other.entity === kind).map(({ other }) => other.id)
  const contacts = useRecordsById('contact', idsOf('contact'))
  const accounts = useRecordsById('account', idsOf('account'))
  const nameOf = ({ entity, id }: End): string =>
    recordName(entity, (entity === 'contact' ? contacts : accounts).get(id)) || t('untitled')
  const remove = (tie: AnyRow, name: string) =>
    void commit(
      [{ entity: 'relationship', id: tie.id, set: { deletedAt: new Date().toISOString() } }],
      { label: t('removed', { name }), toast: true },
    )
  if (told.length === 0)
    return (
      <Text size="sm" className={classes.quiet ?? ''}>
        {t('noTies')}
      </Text>
    )
  return (
    <ul className={classes.ties} aria-label={t('ties')}>
      {told.map(({ tie, other, phrase }) => (
        <li key={tie.id} className={classes.tieRow}>
          <span className={classes.phrase}>{t(phraseKey(phrase))}</span>
          <Reference target={other.entity} id={other.id} />
          <span className={classes.tieDetail}>
            {String(tie.role ?? '')}
            <span className={classes.quiet}>{periodOf(tie, t)}</span>
          </span>
          {canEdit ? (
            <span className={classes.tieButtons}>
              <ActionIcon
                aria-label={t('edit', { name: nameOf(other) })}
                onClick={() => onEdit(tie)}
              >
                <IconPencil size={14} stroke={1.5} />
              </ActionIcon>
              <ActionIcon
                aria-label={t('remove', { name: nameOf(other) })}
                onClick={() => remove(tie, nameOf(other))}
              >
                <IconTrash size={14} stroke={1.5} />
              </ActionIcon>
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
