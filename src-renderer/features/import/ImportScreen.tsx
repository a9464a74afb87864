import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AnyEntity } from '../../../shared/kernel/entity'
import { writeCsv } from '../../../shared/portability/csv'
import { PageHeader } from '../../kernel/PageHeader'
import { saveFile, textFile } from '../../kernel/save-file'
import { formatCount } from '../../ui/format'
import { FileStep } from './FileStep'
import classes from './import.module.css'
import { MapStep } from './MapStep'
import { type Step, useImport } from './use-import'

type Done = Extract<Step, { at: 'done' }>

/** The lines that were not taken, with their original columns, line and reason. */
export const rejectedCsv = ({ source, converted, result }: Done): string => {
  const cells = new Map(source.table.rows.map((row) => [row.line, row.cells]))
  const rows = [...converted.rejected, ...result.failed].map(({ line, reason }) => [
    String(line),
    reason,
    ...(cells.get(line) ?? []),
  ])
  return writeCsv([['Line', 'Reason', ...source.table.headings], ...rows])
}

const DoneStep = ({
  entity,
  step,
  onUndo,
  onRestart,
}: {
  entity: AnyEntity
  step: Done
  onUndo: () => void
  onRestart: () => void
}) => {
  const { t } = useTranslation('import')
  const { result, converted, undone } = step
  const rejected = converted.rejected.length + result.failed.length
  return (
    <div className={classes.step}>
      <Alert
        color={result.cancelled ? 'yellow' : 'green'}
        variant="light"
        title={undone ? t('undone') : result.cancelled ? t('cancelled') : t('done')}
      >
        <ul className={classes.figures}>
          <li>{t('created', { count: result.created, shown: formatCount(result.created) })}</li>
          <li>{t('updated', { count: result.updated, shown: formatCount(result.updated) })}</li>
          <li>{t('skipped', { count: result.skipped, shown: formatCount(result.skipped) })}</li>
          <li>{t('rejected', { count: rejected, shown: formatCount(rejected) })}</li>
        </ul>
      </Alert>
      <Group gap="xs" mt="md">
        <Button
          renderRoot={(props) => (
            <Link
              to="/$plural"
              params={{ plural: entity.plural }}
              search={{ sort: '-createdAt' }}
              {...props}
            />
          )}
        >
          {t('openList', { entity: entity.labelPlural.toLowerCase() })}
        </Button>
        {rejected > 0 ? (
          <Button
            variant="default"
            onClick={() => saveFile('rejected.csv', textFile(rejectedCsv(step), 'text/csv'))}
          >
            {t('downloadRejected')}
          </Button>
        ) : null}
        {result.undoIds.length > 0 && !undone ? (
          <Button variant="default" onClick={onUndo}>
            {t('undo')}
          </Button>
        ) : null}
        <Button variant="subtle" onClick={onRestart}>
          {t('another')}
        </Button>
      </Group>
    </div>
  )
}

/** Import of a file: choose it, say which column is what, look at the outcome, take it back if need be. */
export const ImportScreen = ({ entity }: { entity: AnyEntity }) => {
  const { t } = useTranslation('import')
  const flow = useImport(entity)
  const { step } = flow
  return (
    <div className={classes.page}>
      <PageHeader title={t('title', { entity: entity.labelPlural.toLowerCase() })} />
      {step.at === 'file' ? (
        <FileStep
          problem={step.problem}
          onFail={flow.fail}
          onFile={(name, bytes) => void flow.open(name, bytes)}
        />
      ) : null}
      {step.at === 'map' ? <MapStep entity={entity} step={step} flow={flow} /> : null}
      {step.at === 'running' ? (
        <div className={classes.step}>
          <Text size="sm" mb="xs" role="status">
            {t('running', { done: formatCount(step.done), total: formatCount(step.total) })}
          </Text>
          <Progress
            value={step.total > 0 ? (100 * step.done) / step.total : 0}
            aria-label={t('progress')}
          />
          <Button variant="default" mt="md" onClick={flow.cancel}>
            {t('cancel')}
          </Button>
        </div>
      ) : null}
      {step.at === 'done' ? (
        <DoneStep
          entity={entity}
          step={step}
          onUndo={() => void flow.undo()}
          onRestart={flow.restart}
        />
      ) : null}
    </div>
  )
}
