import { ActionIcon, Switch } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { useCommit } from '../use-records'
import classes from './editing.module.css'
import { TextCell } from './TextCell'
import { useEdit } from './use-edit'

type Props = {
  entity: AnyEntity
  rule: AnyRow
  /** What the rule does, in one line. */
  summary: string
  /** Stands at the end of the line, such as the points. */
  end?: ReactNode
  isOpen: boolean
  onToggle: () => void
  canEdit: boolean
  /** Everything that can be set. */
  children: ReactNode
}

/** A rule in the settings: on or off, named, said in one line, unfolded to be edited in place. */
export const RuleCard = (props: Props) => {
  const { entity, rule, summary, end, isOpen, onToggle, canEdit, children } = props
  const { t } = useTranslation('rules')
  const edit = useEdit(entity.name)
  const commit = useCommit()
  const name = String(rule.name ?? '')
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  const remove = () => {
    const set = { deletedAt: new Date().toISOString() }
    void commit([{ entity: entity.name, id: rule.id, set }], {
      label: t('deleted', { name }),
      toast: true,
    })
  }
  return (
    <li className={classes.rule} data-inactive={rule.active !== true || undefined}>
      <div className={classes.head}>
        <Switch
          aria-label={t('active', { name })}
          checked={rule.active === true}
          disabled={!canEdit}
          onChange={(event) => edit(rule, { active: event.currentTarget.checked })}
        />
        <TextCell
          label={t('name')}
          value={name}
          isRequired
          disabled={!canEdit}
          onSave={(text) => edit(rule, { name: text })}
        />
        <span className={classes.summary} title={summary}>
          {summary}
        </span>
        <span>{end}</span>
        <span>
          <ActionIcon
            aria-label={t(isOpen ? 'fold' : 'unfold', { name })}
            aria-expanded={isOpen}
            onClick={onToggle}
          >
            <Chevron size={16} stroke={1.5} />
          </ActionIcon>
          <ActionIcon aria-label={t('delete', { name })} disabled={!canEdit} onClick={remove}>
            <IconTrash size={16} stroke={1.5} />
          </ActionIcon>
        </span>
      </div>
      {isOpen ? <div className={classes.details}>{children}</div> : null}
    </li>
  )
}
