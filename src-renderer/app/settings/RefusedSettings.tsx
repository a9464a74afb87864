import { Alert, Button, Loader, Text } from '@mantine/core'
import { IconCircleCheck, IconCloudOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { entityNamed } from '../../../shared/features/index'
import { type AnyEntity, fieldOf } from '../../../shared/kernel/entity'
import { type RefusedEditOnWire, refusedEditsSchema } from '../../../shared/protocol/refused-edits'
import { askServer } from '../../kernel/ask-server'
import { FieldValue } from '../../kernel/changes/ValueChange'
import { useNow } from '../../kernel/use-now'
import { useStore } from '../../kernel/use-store'
import { EmptyState } from '../../ui/EmptyState'
import { formatInstant, formatWhen } from '../../ui/format'
import { EntityIcon } from '../../ui/icons'
import { problemsOf, Reasons } from '../sync/Reasons'
import { RecordLink } from '../sync/RecordLink'
import lists from '../sync/sync.module.css'

const useRefusedEdits = () => {
  const store = useStore()
  return useInfiniteQuery({
    queryKey: ['refused-edits'],
    queryFn: async ({ pageParam }) => {
      const path = `crm/refused-edits${pageParam === null ? '' : `?cursor=${pageParam}`}`
      const { response } = await askServer(store, path)
      if (!response.ok) throw new Error(`The server answered ${response.status}.`)
      return refusedEditsSchema.parse(await response.json())
    },
    initialPageParam: null as number | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    // Looked at anew: more may have been refused since.
    refetchOnMount: 'always',
    retry: false,
    networkMode: 'always',
  })
}

/** What the server refused, from every device: for those who look after the workspace. */
export const RefusedSettings = () => {
  const { t } = useTranslation('refused')
  const found = useRefusedEdits()
  const edits = found.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <Text size="sm" c="var(--text-quiet)" mb="sm" maw={640}>
        {t('text')}
      </Text>
      {found.isPending ? <Loader size="sm" aria-label={t('loading')} /> : null}
      {found.isError ? (
        <Alert icon={<IconCloudOff size={16} stroke={1.5} />} variant="light" role="alert" mb="sm">
          <Text size="sm" mb="xs">
            {t('offline')}
          </Text>
          <Button variant="default" size="xs" onClick={() => void found.refetch()}>
            {t('again')}
          </Button>
        </Alert>
      ) : null}
      {found.isSuccess && edits.length === 0 ? (
        <EmptyState
          icon={<IconCircleCheck size={40} stroke={1.5} />}
          title={t('empty')}
          text={t('emptyText')}
        />
      ) : null}
      <ul className={lists.plain} aria-label={t('title')}>
        {edits.map((edit) => (
          <RefusedRow key={`${edit.device.id} ${edit.n}`} edit={edit} />
        ))}
      </ul>
      {found.hasNextPage ? (
        <Button
          variant="default"
          mt="sm"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('more')}
        </Button>
      ) : null}
    </>
  )
}

const RefusedRow = ({ edit }: { edit: RefusedEditOnWire }) => {
  const now = useNow()
  const { t } = useTranslation('refused')
  const entity = entityNamed(edit.entity)
  const person = edit.user.name
  return (
    <li className={lists.lost}>
      <div className={lists.lostHead}>
        {entity ? <RecordName entity={entity} edit={edit} /> : <strong>{edit.entity}</strong>}
        <Text size="xs" c="var(--text-quiet)">
          {t('from', { person, device: edit.device.name ?? t('unnamed') })}
        </Text>
        <Text
          component="time"
          size="xs"
          c="var(--text-quiet)"
          dateTime={edit.at}
          title={formatInstant(edit.at)}
        >
          {formatWhen(edit.at, now)}
        </Text>
      </div>
      <RefusedValues entity={entity} edit={edit} />
    </li>
  )
}

/** A record that there is can be opened; one that was refused as a whole has a name only. */
const RecordName = ({ entity, edit }: { entity: AnyEntity; edit: RefusedEditOnWire }) =>
  edit.is_stored ? (
    <RecordLink entity={entity} id={edit.record_id} title={edit.title} />
  ) : (
    <span className={lists.record}>
      <EntityIcon name={entity.icon} size={14} />
      <span dir="auto">{edit.title || entity.label}</span>
    </span>
  )

type ValuesProps = { entity: AnyEntity | undefined; edit: RefusedEditOnWire }

const RefusedValues = ({ entity, edit }: ValuesProps) => {
  const { t } = useTranslation('refused')
  const { refusal, values, changed_in_part: partly } = edit
  const known = Object.keys(values).filter((name) => entity && fieldOf(entity, name))
  const isExplained = known.some((name) => problemsOf(refusal.errors, name).length > 0)
  return (
    <>
      {isExplained ? null : <p className={lists.why}>{refusal.detail}</p>}
      {entity
        ? known.map((name) => (
            <div key={name} className={lists.issueRow}>
              <span className={lists.fieldName}>{fieldOf(entity, name)?.label}</span>
              <div>
                <FieldValue entity={entity} field={name} value={values[name]} />
                <Reasons entity={entity} field={name} problems={refusal.errors} />
              </div>
            </div>
          ))
        : null}
      {entity && partly.length > 0 ? (
        <div className={lists.issueRow}>
          <span className={lists.fieldName}>{t('inPart')}</span>
          <span>{partly.map((name) => fieldOf(entity, name)?.label ?? name).join(', ')}</span>
        </div>
      ) : null}
    </>
  )
}
