import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConditionFields } from './ConditionFields'
import { type ComparableFields, type Condition, isWhole, toCondition } from './conditions'
import classes from './editing.module.css'

type Props = {
  fields: ComparableFields
  /** As stored. */
  value: unknown
  canEdit: boolean
  /** Called with the conditions that are whole; one that is being made stays on screen. */
  onSave: (conditions: Condition[]) => void
}

/** Conditions that must all hold. Give it a `key` of the record whose they are. */
export const ConditionList = ({ fields, value, canEdit, onSave }: Props) => {
  const { t } = useTranslation('rules')
  const [conditions, setConditions] = useState(() =>
    (Array.isArray(value) ? value : []).map(toCondition),
  )
  const save = (next: Condition[]) => {
    setConditions(next)
    onSave(next.filter(isWhole))
  }
  return (
    <div>
      {conditions.map((condition, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
        <div className={classes.line} key={index}>
          <ConditionFields
            fields={fields}
            condition={condition}
            disabled={!canEdit}
            onChange={(change) =>
              save(conditions.map((one, at) => (at === index ? { ...one, ...change } : one)))
            }
          />
          <ActionIcon
            aria-label={t('condition.remove')}
            disabled={!canEdit}
            onClick={() => save(conditions.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} stroke={1.5} />
          </ActionIcon>
        </div>
      ))}
      {canEdit ? (
        <Button
          variant="subtle"
          size="compact-sm"
          mt={conditions.length > 0 ? 6 : 0}
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            setConditions([...conditions, { field: '', operator: 'equals', value: null }])
          }
        >
          {t('condition.add')}
        </Button>
      ) : null}
    </div>
  )
}
