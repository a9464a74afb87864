import { Button, Group, Select, Table, Text, TextInput, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, titleOf } from '../../../shared/kernel/entity'
import { hasUnclearDays } from '../../../shared/portability/convert'
import { delimiters } from '../../../shared/portability/csv'
import { encodings } from '../../../shared/portability/decode'
import { type ColumnTarget, mappingChoices } from '../../../shared/portability/mapping'
import { formatCount } from '../../ui/format'
import classes from './import.module.css'
import type { DuplicateChoice } from './run-import'
import type { Converted, Step, useImport } from './use-import'

type MapState = Extract<Step, { at: 'map' }>
type Props = { entity: AnyEntity; step: MapState; flow: ReturnType<typeof useImport> }

const toValue = (target: ColumnTarget): string =>
  target.to === 'field' ? target.field : `$${target.to}`

const toTarget = (value: string): ColumnTarget => {
  if (value === '$account') return { to: 'account' }
  if (value === '$property') return { to: 'property' }
  return value === '$ignore' ? { to: 'ignore' } : { to: 'field', field: value }
}

const FileSettings = ({ step, flow }: Omit<Props, 'entity'>) => {
  const { t } = useTranslation('import')
  const { source } = step
  return (
    <Group gap="sm" align="flex-end">
      {source.encoding === null ? null : (
        <Select
          label={t('encoding')}
          w={150}
          allowDeselect={false}
          data={[...encodings]}
          value={source.encoding}
          onChange={(value) => {
            const encoding = encodings.find((one) => one === value)
            if (encoding) void flow.open(source.name, source.bytes, { encoding })
          }}
        />
      )}
      {source.delimiter === null ? null : (
        <Select
          label={t('delimiter')}
          w={130}
          allowDeselect={false}
          value={source.delimiter}
          data={delimiters.map((value) => ({
            value,
            label: t(
              `delimiters.${value === '\t' ? 'tab' : value === ',' ? 'comma' : value === ';' ? 'semicolon' : 'bar'}`,
            ),
          }))}
          onChange={(delimiter) =>
            delimiter &&
            void flow.open(source.name, source.bytes, {
              ...(source.encoding ? { encoding: source.encoding } : {}),
              delimiter,
            })
          }
        />
      )}
      <TextInput
        label={t('country')}
        w={130}
        maxLength={2}
        value={flow.country}
        onChange={(event) => flow.setCountry(event.currentTarget.value.toUpperCase())}
        onBlur={() => void flow.convert(source, step.targets)}
      />
      {hasUnclearDays(source.table) ? (
        <Select
          label={t('dayOrder')}
          w={190}
          allowDeselect={false}
          value={flow.dayFirst ? 'day' : 'month'}
          data={(['day', 'month'] as const).map((value) => ({
            value,
            label: t(`dayOrders.${value}`),
          }))}
          onChange={(value) => {
            flow.setDayFirst(value === 'day')
            void flow.convert(source, step.targets, { dayFirst: value === 'day' })
          }}
        />
      ) : null}
      <Select
        label={t('duplicates')}
        w={220}
        allowDeselect={false}
        value={flow.duplicates}
        data={(['skip', 'update', 'create'] as const).map((value) => ({
          value,
          label: t(`duplicate.${value}`),
        }))}
        onChange={(value) => value && flow.setDuplicates(value as DuplicateChoice)}
      />
    </Group>
  )
}

const MappingTable = ({ entity, step, flow }: Props) => {
  const { t } = useTranslation('import')
  const { source, targets } = step
  const choices = [
    ...('accountId' in entity.fields ? [{ value: '$account', label: t('accountByName') }] : []),
    ...mappingChoices(entity),
    ...('properties' in entity.fields ? [{ value: '$property', label: t('property') }] : []),
    { value: '$ignore', label: t('ignore') },
  ]
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('column')}</Table.Th>
            <Table.Th>{t('sample')}</Table.Th>
            <Table.Th>{t('target')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {source.table.headings.map((heading, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same heading
            <Table.Tr key={`${heading}-${index}`}>
              <Table.Td>{heading || t('unnamed', { number: index + 1 })}</Table.Td>
              <Table.Td className={classes.sample}>
                {source.table.rows
                  .slice(0, 30)
                  .map(({ cells }) => cells[index] ?? '')
                  .filter((cell) => cell.trim() !== '')
                  .slice(0, 2)
                  .join(' · ')}
              </Table.Td>
              <Table.Td>
                <Select
                  aria-label={t('targetOf', { column: heading })}
                  searchable
                  allowDeselect={false}
                  data={choices}
                  value={toValue(targets[index] ?? { to: 'ignore' })}
                  onChange={(value) =>
                    value &&
                    void flow.convert(
                      source,
                      targets.map((held, at) => (at === index ? toTarget(value) : held)),
                    )
                  }
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

const shownProblems = 100

const Review = ({ entity, converted }: { entity: AnyEntity; converted: Converted }) => {
  const { t } = useTranslation('import')
  const problems = [
    ...converted.rejected.map(({ line, reason }) => ({ line, text: reason })),
    ...converted.problems.map(({ line, column, reason, value }) => ({
      line,
      text: `${column}: ${reason} (${value})`,
    })),
  ].sort((a, b) => a.line - b.line)
  return (
    <div className={classes.review}>
      <section>
        <Title order={2} size="h3" mb="xs">
          {t('preview')}
        </Title>
        <ul className={classes.people}>
          {converted.drafts.slice(0, 50).map((draft) => (
            <li key={draft.line}>
              <b>{titleOf(entity, draft.values)}</b>{' '}
              <span className={classes.quiet}>
                {[draft.values.jobTitle, draft.account, draft.values.email, draft.values.phone]
                  .filter((part) => part)
                  .map(String)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {problems.length > 0 ? (
        <section>
          <Title order={2} size="h3" mb="xs">
            {t('problems', { count: problems.length, shown: formatCount(problems.length) })}
          </Title>
          <ul className={classes.people}>
            {problems.slice(0, shownProblems).map(({ line, text }) => (
              <li key={`${line}-${text}`}>
                <span className={classes.quiet}>{t('line', { line })}</span> {text}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

/** Which column means what, with what will come of it at once. */
export const MapStep = ({ entity, step, flow }: Props) => {
  const { t } = useTranslation('import')
  const { source, targets, converted } = step
  const count = converted?.drafts.length ?? 0
  return (
    <div className={classes.step}>
      <Text size="sm" mb="sm">
        {t('file', {
          name: source.name,
          shown: formatCount(source.table.rows.length),
          count: source.table.rows.length,
        })}
      </Text>
      <FileSettings step={step} flow={flow} />
      <MappingTable entity={entity} step={step} flow={flow} />
      {converted ? <Review entity={entity} converted={converted} /> : null}
      <Group gap="xs" className={classes.actions ?? ''}>
        <Button
          disabled={count === 0}
          loading={converted === null}
          onClick={() => converted && void flow.run(source, targets, converted)}
        >
          {t('start', { count, shown: formatCount(count) })}
        </Button>
        <Button variant="subtle" color="gray" onClick={flow.restart}>
          {t('otherFile')}
        </Button>
      </Group>
    </div>
  )
}
