import { ActionIcon, Button, Menu, Popover, Stack, Text } from '@mantine/core'
import {
  IconArrowMerge,
  IconDownload,
  IconPencil,
  IconTag,
  IconTrash,
  IconUserShare,
  IconX,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, shownFields } from '../../../shared/kernel/entity'
import type { Change } from '../../local/api'
import { formatCount } from '../../ui/format'
import { FieldInput } from '../fields/editors'
import { cleaned } from '../fields/FieldEditor'
import { RecordPicker } from '../fields/RecordPicker'
import { TagsEditor } from '../fields/TagsEditor'
import { MergeDialog } from '../merge/MergeDialog'
import { canMerge } from '../merge/use-merge'
import { useAccess } from '../use-access'
import { useCommit } from '../use-records'
import { useSession, useStore } from '../use-store'
import { exportFormats, exportRows } from './export-rows'
import classes from './list.module.css'

type Props = { entity: AnyEntity; ids: readonly string[]; onClear: () => void }

const uneditable = new Set(['richText', 'tags', 'list', 'map'])

/** What can be done with the selected records; everything can be undone at once. */
export const BulkBar = ({ entity, ids, onClear }: Props) => {
  const { t } = useTranslation('records')
  const store = useStore()
  const commit = useCommit()
  const { currency } = useSession()
  const access = useAccess()
  const [field, setField] = useState<string | null>(null)
  const [value, setValue] = useState<unknown>(null)
  const canEdit = access.may('update', entity)
  const canDelete = access.may('delete', entity)
  const label = (verb: string) =>
    t('bulkDone', {
      verb: t(`bulk.${verb}`),
      count: ids.length,
      entity: entity.labelPlural.toLowerCase(),
    })
  const apply = async (verb: string, make: (id: string) => Change | null) => {
    const changes = ids.flatMap((id) => make(id) ?? [])
    const result = await commit(changes, { label: label(verb), toast: true })
    if (result.ok) onClear()
  }
  const setOn = (name: string, next: unknown) =>
    apply('changed', (id) => ({ entity: entity.name, id, set: { [name]: next } }))
  const addTags = async (tagIds: readonly string[]) => {
    const rows = await store.getMany(entity.name, [...ids])
    const held = new Map(
      rows.map((row) => [row.id, Array.isArray(row.tags) ? row.tags.map(String) : []]),
    )
    await apply('tagged', (id) => ({
      entity: entity.name,
      id,
      set: { tags: [...new Set([...(held.get(id) ?? []), ...tagIds])] },
    }))
  }
  const chosen = field === null ? undefined : entity.fields[field]
  return (
    <div className={classes.bulk} role="toolbar" aria-label={t('selection')}>
      <Text size="sm" fw={600} className="tabular">
        {t('selected', { count: ids.length, shown: formatCount(ids.length) })}
      </Text>
      {canEdit ? (
        <>
          {'ownerId' in entity.fields && !access.isFixed(entity, 'ownerId') ? (
            <BulkPopover icon={<IconUserShare size={16} stroke={1.5} />} label={t('assign')}>
              <RecordPicker
                target="user"
                value={null}
                label={t('assign')}
                autoFocus
                onChange={(id) => id && void setOn('ownerId', id)}
              />
            </BulkPopover>
          ) : null}
          {'tags' in entity.fields ? (
            <BulkPopover icon={<IconTag size={16} stroke={1.5} />} label={t('tag')}>
              <BulkTags onApply={(tagIds) => void addTags(tagIds)} />
            </BulkPopover>
          ) : null}
          <BulkPopover icon={<IconPencil size={16} stroke={1.5} />} label={t('setField')}>
            {chosen && field !== null ? (
              <Stack gap="xs">
                <Text size="xs" fw={600}>
                  {chosen.label}
                </Text>
                <FieldInput
                  field={chosen}
                  value={value}
                  onChange={setValue}
                  currency={currency}
                  autoFocus
                />
                <Button onClick={() => void setOn(field, cleaned(chosen, value))}>
                  {t('apply')}
                </Button>
              </Stack>
            ) : (
              <Stack gap={0} className={classes.menu}>
                {shownFields(entity)
                  .filter(
                    ([name, { kind }]) => !uneditable.has(kind) && !access.isFixed(entity, name),
                  )
                  .map(([name, one]) => (
                    <Button
                      key={name}
                      variant="subtle"
                      color="gray"
                      justify="flex-start"
                      onClick={() => {
                        setField(name)
                        setValue(one.kind === 'flag' ? false : null)
                      }}
                    >
                      {one.label}
                    </Button>
                  ))}
              </Stack>
            )}
          </BulkPopover>
        </>
      ) : null}
      {canEdit && canDelete ? <BulkMerge entity={entity} ids={ids} onMerged={onClear} /> : null}
      <Menu>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconDownload size={16} stroke={1.5} />}
          >
            {t('export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {exportFormats.map((format) => (
            <Menu.Item
              key={format}
              onClick={() => void exportRows({ store, entity, ids, currency }, format)}
            >
              {t(`exportAs.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {canDelete ? (
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={16} stroke={1.5} />}
          onClick={() => {
            const deletedAt = new Date().toISOString()
            void apply('deleted', (id) => ({ entity: entity.name, id, set: { deletedAt } }))
          }}
        >
          {t('delete')}
        </Button>
      ) : null}
      <ActionIcon aria-label={t('clearSelection')} onClick={onClear} ml="auto">
        <IconX size={16} />
      </ActionIcon>
    </div>
  )
}

const BulkMerge = ({
  entity,
  ids,
  onMerged,
}: Omit<Props, 'onClear'> & { onMerged: () => void }) => {
  const { t } = useTranslation('merge')
  const [isOpen, setOpen] = useState(false)
  if (!canMerge(entity, ids.length)) return null
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconArrowMerge size={16} stroke={1.5} />}
        onClick={() => setOpen(true)}
      >
        {t('action')}
      </Button>
      {isOpen ? (
        <MergeDialog entity={entity} ids={ids} onClose={() => setOpen(false)} onMerged={onMerged} />
      ) : null}
    </>
  )
}

const BulkTags = ({ onApply }: { onApply: (ids: string[]) => void }) => {
  const { t } = useTranslation('records')
  const [ids, setIds] = useState<string[]>([])
  return (
    <Stack gap="xs">
      <TagsEditor value={ids} onChange={setIds} label={t('tag')} autoFocus />
      <Button disabled={ids.length === 0} onClick={() => onApply(ids)}>
        {t('apply')}
      </Button>
    </Stack>
  )
}

type PopoverProps = { icon: React.ReactNode; label: string; children: React.ReactNode }

const BulkPopover = ({ icon, label, children }: PopoverProps) => (
  <Popover position="top" shadow="md" trapFocus>
    <Popover.Target>
      <Button variant="subtle" color="gray" leftSection={icon}>
        {label}
      </Button>
    </Popover.Target>
    <Popover.Dropdown w={280}>{children}</Popover.Dropdown>
  </Popover>
)
