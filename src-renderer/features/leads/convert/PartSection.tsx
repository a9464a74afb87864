import { Button, Group, SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { entityNamed } from '../../../../shared/features/index'
import type { Likely } from '../../../kernel/create/use-likely'
import { RecordPicker } from '../../../kernel/fields/RecordPicker'
import { recordName } from '../../../kernel/use-records'
import type { Part } from './choices'
import classes from './convert.module.css'

type Props = {
  target: 'contact' | 'account' | 'opportunity'
  part: Part
  onChange: (part: Part) => void
  likely: readonly Likely[]
  /** What a new record would be, or the fields that it would have. */
  children: ReactNode
}

const kinds = ['new', 'existing', 'none'] as const

/** One thing that comes of the lead: new, one that is there already, or none. */
export const PartSection = ({ target, part, onChange, likely, children }: Props) => {
  const { t } = useTranslation('pipelines')
  const label = entityNamed(target)?.label ?? target
  const choose = (value: string) => {
    if (value !== 'existing') return onChange({ kind: value === 'new' ? 'new' : 'none' })
    onChange({ kind: 'existing', id: likely[0]?.row.id ?? null })
  }
  return (
    <section className={classes.part} aria-label={label}>
      <div className={classes.partHead}>
        <h3 className={classes.partName}>{label}</h3>
        <SegmentedControl
          aria-label={t('convert.what', { entity: label })}
          value={part.kind}
          onChange={choose}
          data={kinds.map((value) => ({ value, label: t(`convert.${value}`) }))}
        />
      </div>
      {part.kind === 'new' ? children : null}
      {part.kind === 'none' ? (
        <p className={classes.quiet}>{t('convert.noneText', { entity: label.toLowerCase() })}</p>
      ) : null}
      {part.kind === 'existing' ? (
        <RecordPicker
          target={target}
          value={part.id}
          label={t('convert.pick', { entity: label.toLowerCase() })}
          onChange={(id) => onChange({ kind: 'existing', id })}
        />
      ) : null}
      {likely.length > 0 && part.kind !== 'none' ? (
        <Group gap={6} mt={8}>
          <span className={classes.quiet}>{t('convert.likely')}</span>
          {likely.slice(0, 3).map(({ row, reasons }) => {
            const isChosen = part.kind === 'existing' && part.id === row.id
            return (
              <Button
                key={row.id}
                size="compact-xs"
                variant={isChosen ? 'light' : 'default'}
                aria-pressed={isChosen}
                onClick={() => onChange({ kind: 'existing', id: row.id })}
              >
                {recordName(target, row)}
                {reasons.length > 0 ? (
                  <span className={classes.reasons}>
                    {reasons.map((reason) => t(`likeness.${reason}`)).join(', ')}
                  </span>
                ) : null}
              </Button>
            )
          })}
        </Group>
      ) : null}
    </section>
  )
}
