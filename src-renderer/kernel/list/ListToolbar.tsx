import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Menu,
  Popover,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import {
  IconChevronDown,
  IconChevronUp,
  IconColumns3,
  IconSearch,
  IconStack2,
  IconTable,
} from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnyEntity } from '../../../shared/kernel/entity'
import { namespaces } from '../../i18n/index'
import type { ListCondition } from '../../local/api'
import { formatCount } from '../../ui/format'
import type { ListLayout } from '../feature-view'
import { FilterBar } from './FilterBar'
import classes from './list.module.css'
import { columnChoices, type useColumns } from './use-columns'
import { groupChoices } from './use-groups'

type Props = {
  entity: AnyEntity
  search: string
  onSearch: (text: string) => void
  conditions: readonly ListCondition[]
  onConditions: (conditions: ListCondition[]) => void
  columns: ReturnType<typeof useColumns>
  group: string | undefined
  onGroup: (field: string | undefined) => void
  layouts: readonly ListLayout[]
  layout: ListLayout | undefined
  onLayout: (id: string | undefined) => void
  total: number
  /** What was asked for last is on screen. */
  isSettled: boolean
  /** The screen has been shown once: what opens from buttons is there from then on. */
  isPainted: boolean
}

/** What stands above a list: search, filters, count, columns. */
export const ListToolbar = (props: Props) => {
  const { t } = useTranslation('records')
  const { entity } = props
  return (
    <div className={classes.bar}>
      <ListSearch {...props} />
      <FilterBar
        entity={entity}
        conditions={props.conditions}
        onChange={props.onConditions}
        isSettled={props.isSettled}
        isPainted={props.isPainted}
      />
      <span className={classes.count} role="status" aria-live="polite">
        {t('total', { count: props.total, shown: formatCount(props.total) })}
      </span>
      {props.layouts.length > 0 ? <LayoutSwitch {...props} /> : null}
      {props.layout ? null : (
        <>
          <GroupMenu {...props} />
          <ColumnChooser {...props} />
        </>
      )}
    </div>
  )
}

/** Typing shows at once; the address follows. */
const ListSearch = ({ entity, search, onSearch }: Props) => {
  const { t } = useTranslation('records')
  const [text, setText] = useState(search)
  useEffect(() => setText(search), [search])
  return (
    <TextInput
      w={220}
      aria-label={t('searchIn', { entity: entity.labelPlural.toLowerCase() })}
      placeholder={t('searchIn', { entity: entity.labelPlural.toLowerCase() })}
      leftSection={<IconSearch size={14} stroke={1.5} />}
      value={text}
      data-list-search
      onChange={(event) => {
        setText(event.currentTarget.value)
        onSearch(event.currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        onSearch('')
        event.currentTarget.blur()
      }}
    />
  )
}

const LayoutSwitch = ({
  layouts,
  layout,
  onLayout,
}: Pick<Props, 'layouts' | 'layout' | 'onLayout'>) => {
  const { t } = useTranslation(['records', ...namespaces])
  const segment = (value: string, label: string, icon: ReactNode) => ({
    value,
    label: (
      <span className={classes.layoutIcon} title={label}>
        {icon}
        <span className="visually-hidden">{label}</span>
      </span>
    ),
  })
  return (
    <SegmentedControl
      aria-label={t('layout')}
      size="xs"
      value={layout?.id ?? 'table'}
      onChange={(id) => onLayout(id === 'table' ? undefined : id)}
      data={[
        segment('table', t('table'), <IconTable size={15} stroke={1.5} />),
        ...layouts.map(({ id, label, icon }) => segment(id, t(label), icon)),
      ]}
    />
  )
}

const GroupMenu = ({
  entity,
  group,
  onGroup,
  isPainted,
}: Pick<Props, 'entity' | 'group' | 'onGroup' | 'isPainted'>) => {
  const { t } = useTranslation('records')
  const choices = groupChoices(entity)
  const chosen = choices.find(({ name }) => name === group)
  if (choices.length === 0) return null
  const target = chosen ? (
    <Button variant="light" size="compact-sm" leftSection={<IconStack2 size={14} stroke={1.5} />}>
      {t('groupedBy', { field: chosen.label })}
    </Button>
  ) : (
    <ActionIcon aria-label={t('group')} title={t('group')}>
      <IconStack2 size={16} stroke={1.5} />
    </ActionIcon>
  )
  if (!isPainted) return target
  return (
    <Menu position="bottom-end">
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown mah={360} className={classes.menu ?? ''}>
        <Menu.Item onClick={() => onGroup(undefined)}>{t('noGroup')}</Menu.Item>
        <Menu.Divider />
        {choices.map(({ name, label }) => (
          <Menu.Item key={name} onClick={() => onGroup(name)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const ColumnChooser = ({
  isPainted,
  ...props
}: Pick<Props, 'entity' | 'columns' | 'isPainted'>) => {
  const { t } = useTranslation('records')
  const target = (
    <ActionIcon aria-label={t('columns')} title={t('columns')}>
      <IconColumns3 size={16} stroke={1.5} />
    </ActionIcon>
  )
  if (!isPainted) return target
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown w={260} mah={420} className={classes.menu}>
        <ColumnList {...props} />
      </Popover.Dropdown>
    </Popover>
  )
}

const ColumnList = ({ entity, columns }: Pick<Props, 'entity' | 'columns'>) => {
  const { t } = useTranslation('records')
  const choices = columnChoices(entity)
  const shown = columns.names.flatMap(
    (name) => choices.find((choice) => choice.name === name) ?? [],
  )
  const hidden = choices.filter(({ name }) => !columns.names.includes(name))
  return (
    <Stack gap={6}>
      {[...shown, ...hidden].map(({ name, label }) => (
        <Group key={name} justify="space-between" wrap="nowrap" gap={4}>
          <Checkbox
            label={label}
            checked={columns.names.includes(name)}
            onChange={() => columns.toggle(name)}
          />
          {columns.names.includes(name) ? (
            <Group gap={0} wrap="nowrap">
              <ActionIcon
                size={20}
                aria-label={t('moveLeft', { column: label })}
                onClick={() => columns.move(name, -1)}
              >
                <IconChevronUp size={14} />
              </ActionIcon>
              <ActionIcon
                size={20}
                aria-label={t('moveRight', { column: label })}
                onClick={() => columns.move(name, 1)}
              >
                <IconChevronDown size={14} />
              </ActionIcon>
            </Group>
          ) : null}
        </Group>
      ))}
      {choices.length === 0 ? <Text size="sm">{t('noColumns')}</Text> : null}
      <Button variant="subtle" color="gray" onClick={columns.reset}>
        {t('resetColumns')}
      </Button>
    </Stack>
  )
}
