import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { lead } from '../../../shared/features/leads/lead'
import { opportunity } from '../../../shared/features/opportunities/opportunity'
import { serves } from '../../../shared/features/pipelines/choose'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { ConditionList } from '../../kernel/editing/ConditionList'
import { comparableFields } from '../../kernel/editing/conditions'
import { useEdit } from '../../kernel/editing/use-edit'

/** What sends a new record into this pipeline by itself: all conditions must hold. */
export const RoutingRules = ({ pipeline, canEdit }: { pipeline: AnyRow; canEdit: boolean }) => {
  const { t } = useTranslation('pipelines')
  const edit = useEdit('pipeline')
  const kinds: AnyEntity[] = [lead, opportunity].filter(({ name }) => serves(pipeline, name))
  return (
    <section>
      <Title order={3} size="h3" mb={4}>
        {t('set.routing')}
      </Title>
      <Text size="sm" c="var(--text-quiet)" mb="xs">
        {t('set.routingText')}
      </Text>
      <ConditionList
        fields={comparableFields(kinds)}
        value={pipeline.routingRules}
        canEdit={canEdit}
        onSave={(routingRules) => edit(pipeline, { routingRules })}
      />
    </section>
  )
}
