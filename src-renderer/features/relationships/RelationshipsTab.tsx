import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { relationship } from '../../../shared/features/relationships/relationship'
import type { AnyRow } from '../../../shared/kernel/entity'
import type { RecordPartProps } from '../../kernel/feature-view'
import { largePart } from '../../kernel/large-part'
import { useMayEdit } from '../../kernel/record/KeyFields'
import { formatCount } from '../../ui/format'
import { buildGraph } from './graph'
import { RelationshipDialog } from './RelationshipDialog'
import { RelationshipList } from './RelationshipList'
import classes from './relationships.module.css'
import { useSurroundings } from './use-surroundings'

const Canvas = lazy(
  largePart(async () => {
    const { MapCanvas } = await import('./MapCanvas')
    return { default: MapCanvas }
  }),
)

/** The map of people and companies around a contact or an account, and its own ties to be kept. */
export const RelationshipsTab = ({ entity, row }: RecordPartProps) => {
  const { t } = useTranslation('relationships')
  const { around, ties, accountId, leftOut } = useSurroundings(entity, row)
  const canEdit = useMayEdit(relationship) && row.deletedAt === null
  const [edited, edit] = useState<AnyRow | 'new' | null>(null)
  // Rows are read anew with every change of any record: the picture stays as long as they say the same.
  const key = JSON.stringify(around)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says whether anything changed
  const graph = useMemo(() => buildGraph(around), [key])
  return (
    <div className={classes.tab}>
      {graph.nodes.length > 1 ? (
        <div className={classes.canvas}>
          <Suspense fallback={null}>
            <Canvas graph={graph} />
          </Suspense>
        </div>
      ) : (
        <Text size="sm" className={classes.quiet ?? ''}>
          {t('alone')}
        </Text>
      )}
      {leftOut > 0 && accountId ? (
        <Link
          to="/$plural"
          params={{ plural: 'contacts' }}
          search={{ filters: [{ field: 'accountId', operator: 'eq', value: accountId }] }}
          className={classes.more}
        >
          {t('leftOut', { count: leftOut, shown: formatCount(leftOut) })}
        </Link>
      ) : null}
      <div className={classes.head}>
        <h2 className={classes.title}>{t('ties')}</h2>
        {canEdit ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => edit('new')}
          >
            {t('add')}
          </Button>
        ) : null}
      </div>
      <RelationshipList centre={around.centre} ties={ties} canEdit={canEdit} onEdit={edit} />
      {edited ? (
        <RelationshipDialog
          centre={around.centre}
          tie={edited === 'new' ? null : edited}
          onClose={() => edit(null)}
        />
      ) : null}
    </div>
  )
}
