import { ActionIcon, CopyButton, Group, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, type AnyRow, titleOf } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import { Initials } from '../../ui/Initials'
import { FieldCell } from '../fields/cells'
import { PresenceStrip } from '../presence/PresenceStrip'
import { useAccess } from '../use-access'
import { useCommit } from '../use-records'
import { useSession } from '../use-store'
import { useMayEdit } from './KeyFields'
import { QuickActions } from './QuickActions'
import { RecordActions } from './RecordActions'
import classes from './record.module.css'
import { TitleEditor } from './TitleEditor'

type Props = { entity: AnyEntity; row: AnyRow }

/** Name, one line about it, and what one does with it most. */
export const RecordHeader = ({ entity, row }: Props) => {
  const { t } = useTranslation('records')
  const navigate = useNavigate()
  const commit = useCommit()
  const { currency } = useSession()
  const access = useAccess()
  const canEdit = useMayEdit(entity, row) && row.deletedAt === null
  const canDelete = access.allows('delete', entity, row)
  const [editing, setEditing] = useState(false)
  const title = titleOf(entity, row) || t('untitled')
  // The stage stands in the path below.
  const subtitle = entity.list.columns
    .filter((name) => !entity.titleFields.includes(name) && entity.fields[name]?.target !== 'stage')
    .slice(0, 3)
  const remove = () => {
    const set = { deletedAt: new Date().toISOString() }
    void commit([{ entity: entity.name, id: row.id, set }], {
      label: t('deleted', { name: title }),
      toast: true,
    })
  }
  const duplicate = async () => {
    const id = newId()
    const set = Object.fromEntries(
      Object.entries(entity.fields)
        .filter(([, { kind }]) => kind !== 'richText')
        .map(([name]) => [name, row[name]]),
    )
    const result = await commit([{ entity: entity.name, id, create: true, set }], {
      label: t('duplicated', { name: title }),
      toast: true,
    })
    if (result.ok) void navigate({ to: '/$plural/$id', params: { plural: entity.plural, id } })
  }
  return (
    <header className={classes.header}>
      <Initials name={title} size={44} square={entity.name !== 'contact'} />
      <div className={classes.headText}>
        {editing ? (
          <TitleEditor entity={entity} row={row} onDone={() => setEditing(false)} />
        ) : (
          <h1 className={classes.title} dir="auto">
            {canEdit ? (
              <button
                type="button"
                className={classes.titleButton}
                onClick={() => setEditing(true)}
                title={t('rename')}
              >
                {title}
              </button>
            ) : (
              title
            )}
          </h1>
        )}
        <div className={classes.subtitle}>
          {subtitle.map((name) => {
            const field = entity.fields[name]
            return field ? (
              <FieldCell
                key={name}
                field={field}
                value={row[name]}
                row={row}
                currency={currency}
                mode="line"
              />
            ) : null
          })}
        </div>
      </div>
      <Group gap={6} className={classes.headActions ?? ''}>
        <PresenceStrip />
        {canEdit ? <RecordActions entity={entity} row={row} /> : null}
        <QuickActions entity={entity} row={row} />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('more')}>
              <IconDots size={18} stroke={1.5} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <CopyButton value={window.location.href}>
              {({ copy }) => <Menu.Item onClick={copy}>{t('copyLink')}</Menu.Item>}
            </CopyButton>
            {access.may('create', entity) ? (
              <Menu.Item onClick={() => void duplicate()}>{t('duplicate')}</Menu.Item>
            ) : null}
            {canDelete && row.deletedAt === null ? (
              <Menu.Item color="red" onClick={remove}>
                {t('delete')}
              </Menu.Item>
            ) : null}
          </Menu.Dropdown>
        </Menu>
      </Group>
    </header>
  )
}
