import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { ActionIcon, MultiSelect, Select, Text } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconGripVertical, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { stageTypes } from '../../../shared/features/pipelines/pipeline'
import { paletteColors } from '../../../shared/features/tags/tag'
import type { AnyRow } from '../../../shared/kernel/entity'
import { NumberCell } from '../../kernel/editing/NumberCell'
import { TextCell } from '../../kernel/editing/TextCell'
import { useEdit } from '../../kernel/editing/use-edit'
import { humanise } from '../../ui/format'
import tones from '../../ui/tone.module.css'
import classes from './pipelines.module.css'

type Props = {
  stage: AnyRow
  /** Records that stand here. */
  count: number
  canEdit: boolean
  fields: readonly { value: string; label: string }[]
  onDelete: () => void
}

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null)

const namesIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : []).map((item) => String(item?.field))

const Details = ({ stage, canEdit, fields }: Props) => {
  const { t } = useTranslation('pipelines')
  const edit = useEdit('stage')
  const name = String(stage.name)
  return (
    <div className={classes.details}>
      <div>
        <Text size="xs" fw={600} mb={2}>
          {t('set.exitCriteria')}
        </Text>
        <TextCell
          label={t('set.exitCriteriaOf', { name })}
          placeholder={t('set.exitCriteriaHint')}
          value={String(stage.exitCriteria ?? '')}
          isLong
          disabled={!canEdit}
          onSave={(text) => edit(stage, { exitCriteria: text || null })}
        />
      </div>
      <div>
        <Text size="xs" fw={600} mb={2}>
          {t('set.required')}
        </Text>
        <MultiSelect
          aria-label={t('set.requiredOf', { name })}
          placeholder={t('set.requiredHint')}
          data={[...fields]}
          value={namesIn(stage.requiredFields)}
          searchable
          disabled={!canEdit}
          onChange={(names) => edit(stage, { requiredFields: names.map((field) => ({ field })) })}
        />
      </div>
    </div>
  )
}

/** One stage in the settings: dragged by its handle, edited in place. */
export const StageRow = (props: Props) => {
  const { stage, count, canEdit, onDelete } = props
  const { t } = useTranslation('pipelines')
  const edit = useEdit('stage')
  const [isOpen, setOpen] = useState(false)
  const sortable = useSortable({ id: stage.id, disabled: !canEdit })
  const name = String(stage.name)
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <li
      ref={sortable.setNodeRef}
      className={`${classes.stage} ${tones.tone}`}
      data-color={stage.color ?? 'gray'}
      data-dragging={sortable.isDragging || undefined}
      style={{
        transform: CSS.Translate.toString(sortable.transform),
        transition: sortable.transition,
      }}
    >
      <div className={classes.line}>
        <button
          type="button"
          ref={sortable.setActivatorNodeRef}
          className={classes.grip}
          aria-label={t('set.moveStage', { name })}
          aria-describedby={sortable.attributes['aria-describedby']}
          disabled={!canEdit}
          {...sortable.listeners}
        >
          <IconGripVertical size={16} stroke={1.5} aria-hidden />
        </button>
        <div className={classes.grow}>
          <TextCell
            label={t('set.stageName')}
            value={name}
            isRequired
            disabled={!canEdit}
            onSave={(text) => edit(stage, { name: text })}
          />
        </div>
        <Select
          w={104}
          aria-label={t('set.colorOf', { name })}
          data={paletteColors.map((value) => ({ value, label: humanise(value) }))}
          value={String(stage.color ?? 'gray')}
          leftSection={<span className={classes.swatch} />}
          allowDeselect={false}
          disabled={!canEdit}
          onChange={(color) => edit(stage, { color })}
        />
        <NumberCell
          width={72}
          label={t('set.probabilityOf', { name })}
          value={numberOrNull(stage.probability)}
          min={0}
          max={100}
          suffix=" %"
          disabled={!canEdit}
          onSave={(probability) => edit(stage, { probability: probability ?? 0 })}
        />
        <Select
          w={88}
          aria-label={t('set.typeOf', { name })}
          data={stageTypes.map((value) => ({ value, label: humanise(value) }))}
          value={String(stage.stageType ?? 'open')}
          allowDeselect={false}
          disabled={!canEdit}
          onChange={(stageType) => edit(stage, { stageType })}
        />
        <NumberCell
          width={92}
          label={t('set.rotsOf', { name })}
          value={numberOrNull(stage.rottingDays)}
          min={1}
          max={3650}
          suffix={t('set.days')}
          disabled={!canEdit || stage.stageType !== 'open'}
          onSave={(rottingDays) => edit(stage, { rottingDays })}
        />
        <span className={classes.count} title={t('set.recordsHere', { count })}>
          {count}
        </span>
        <ActionIcon
          aria-label={t('set.detailsOf', { name })}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Chevron size={16} stroke={1.5} />
        </ActionIcon>
        <ActionIcon
          aria-label={t('set.deleteStage', { name })}
          disabled={!canEdit}
          onClick={onDelete}
        >
          <IconTrash size={16} stroke={1.5} />
        </ActionIcon>
      </div>
      {isOpen ? <Details {...props} /> : null}
    </li>
  )
}
