import { Button, CopyButton, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, fieldOf } from '../../../shared/kernel/entity'
import { FieldValue } from '../../kernel/changes/ValueChange'
import { FieldInput } from '../../kernel/fields/editors'
import { cleaned } from '../../kernel/fields/FieldEditor'
import { useNow } from '../../kernel/use-now'
import { showRefusal, useRecord } from '../../kernel/use-records'
import { useSession, useStore } from '../../kernel/use-store'
import type { SyncIssue } from '../../local/api'
import { formatWhen } from '../../ui/format'
import { problemsOf, Reasons } from './Reasons'
import { RecordLink } from './RecordLink'
import classes from './sync.module.css'

type Values = { [field: string]: unknown }
type Props = { entity: AnyEntity; issue: SyncIssue }

const cleanedValues = (entity: AnyEntity, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = entity.fields[name]
      return [name, field ? cleaned(field, value) : value]
    }),
  )

type RowProps = Props & {
  name: string
  value: unknown
  onChange: ((value: unknown) => void) | undefined
}

const RefusedValue = ({ entity, issue, name, value, onChange }: RowProps) => {
  const { currency } = useSession()
  const row = useRecord(entity.name, issue.recordId) ?? null
  const field = fieldOf(entity, name)
  if (!field) return null
  return (
    <div className={classes.issueRow}>
      <span className={classes.fieldName}>{field.label}</span>
      <div>
        {onChange ? (
          <FieldInput field={field} value={value} currency={currency} onChange={onChange} />
        ) : (
          <FieldValue entity={entity} field={name} value={value} row={row} />
        )}
        <Reasons entity={entity} field={name} problems={issue.refusal.errors} />
      </div>
    </div>
  )
}

/** One edit that the server refused: why, field by field, and what can be done. */
export const RefusedEdit = ({ entity, issue }: Props) => {
  const now = useNow()
  const { t } = useTranslation('app')
  const store = useStore()
  const [draft, setDraft] = useState<Values | null>(null)
  const retry = async (given?: Values) => {
    const result = await store.retryIssue(issue.id, given)
    if (!result.ok) showRefusal(result)
  }
  const shown = Object.keys(issue.values).filter((name) => name in entity.fields)
  const isExplained = shown.some((name) => problemsOf(issue.refusal.errors, name).length > 0)
  return (
    <li className={classes.lost}>
      <div className={classes.lostHead}>
        <RecordLink entity={entity} id={issue.recordId} title={issue.title} />
        <Text size="xs" c="var(--text-quiet)">
          {t('issues.refusedAt', { when: formatWhen(issue.at, now) })}
        </Text>
      </div>
      {isExplained ? null : <p className={classes.why}>{issue.refusal.detail}</p>}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void retry(draft ? cleanedValues(entity, draft) : undefined)
        }}
      >
        {shown.map((name) => (
          <RefusedValue
            key={name}
            entity={entity}
            issue={issue}
            name={name}
            value={(draft ?? issue.values)[name]}
            onChange={draft ? (value) => setDraft({ ...draft, [name]: value }) : undefined}
          />
        ))}
        <div className={classes.actions}>
          <Button type="submit" variant={draft ? 'filled' : 'default'}>
            {draft ? t('issues.send') : t('issues.retry')}
          </Button>
          {draft ? (
            <Button variant="default" onClick={() => setDraft(null)}>
              {t('set.cancel')}
            </Button>
          ) : (
            <Button variant="default" onClick={() => setDraft(issue.values)}>
              {t('issues.edit')}
            </Button>
          )}
          <CopyButton value={JSON.stringify(issue.values, null, 2)}>
            {({ copied, copy }) => (
              <Button variant="subtle" onClick={copy}>
                {copied ? t('issues.copied') : t('issues.copy')}
              </Button>
            )}
          </CopyButton>
          <Button variant="subtle" color="red" onClick={() => void store.discardIssue(issue.id)}>
            {t('issues.discard')}
          </Button>
        </div>
      </form>
    </li>
  )
}
