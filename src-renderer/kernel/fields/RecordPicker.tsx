import { Combobox, InputBase, Loader, useCombobox } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { entityNamed } from '../../../shared/features/index'
import { titleOf } from '../../../shared/kernel/entity'
import { Initials } from '../../ui/Initials'
import { SearchNote } from '../copy/CopyNote'
import { useServerSearch } from '../copy/use-copy'
import { recordName, useRecords, useRecordsById } from '../use-records'
import classes from './fields.module.css'

type Props = {
  target: string
  value: string | null
  onChange: (id: string | null) => void
  label: string
  /** What to do here, where it is more than to find one. */
  placeholder?: string
  autoFocus?: boolean
  onBlur?: () => void
}

/** Picks one record of an entity by typing part of its name. */
export const RecordPicker = ({ target, value, onChange, label, ...props }: Props) => {
  const { t } = useTranslation('records')
  const [search, setSearch] = useState<string | null>(null)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const entity = entityNamed(target)
  const chosen = useRecordsById(target, value ? [value] : []).get(value ?? '')
  const field = entity?.titleFields[0] ?? 'name'
  const { rows, isLoading } = useRecords(
    {
      entity: target,
      ...(search ? { search } : {}),
      sort: [{ field, descending: false }],
      limit: 20,
    },
    { enabled: combobox.dropdownOpened },
  )
  const isSearching = useServerSearch(search ?? '', target) === 'searching'
  if (!entity) return null
  return (
    <Combobox
      store={combobox}
      shadow="md"
      onOptionSubmit={(id) => {
        onChange(id)
        setSearch(null)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target>
        <InputBase
          size="xs"
          aria-label={label}
          autoFocus={props.autoFocus ?? false}
          value={search ?? recordName(target, chosen)}
          placeholder={props.placeholder ?? t('pick', { entity: entity.label.toLowerCase() })}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
            combobox.openDropdown()
            combobox.updateSelectedOptionIndex()
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown()
            setSearch(null)
            props.onBlur?.()
          }}
          rightSection={
            isLoading && combobox.dropdownOpened ? (
              <Loader size={14} />
            ) : value ? (
              <IconX
                size={14}
                role="button"
                aria-label={t('clear', { field: label })}
                onMouseDown={(event) => {
                  event.preventDefault()
                  onChange(null)
                }}
              />
            ) : null
          }
          rightSectionPointerEvents="auto"
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={260} className={classes.options ?? ''}>
          {rows.map((row) => (
            <Combobox.Option value={row.id} key={row.id}>
              <span className={classes.reference}>
                <Initials name={titleOf(entity, row)} size={18} square={target === 'account'} />
                <span className={classes.ellipsis}>{titleOf(entity, row)}</span>
              </span>
            </Combobox.Option>
          ))}
          {rows.length === 0 && !isLoading && !isSearching ? (
            <Combobox.Empty>{t('nothingFound')}</Combobox.Empty>
          ) : null}
        </Combobox.Options>
        <SearchNote text={search ?? ''} entity={target} />
      </Combobox.Dropdown>
    </Combobox>
  )
}
