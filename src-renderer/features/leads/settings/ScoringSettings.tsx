import { useTranslation } from 'react-i18next'
import { scoringRule } from '../../../../shared/features/scoring/scoring-rule'
import { RuleList } from '../../../kernel/editing/RuleList'
import { ScoringRuleCard } from './ScoringRuleCard'

/** The rules that give leads their points. */
export const ScoringSettings = () => {
  const { t } = useTranslation('rules')
  return (
    <RuleList
      entity={scoringRule}
      sortBy="name"
      text={{ some: t('scoring.text'), none: t('scoring.empty') }}
      label={t('scoring.title')}
      add={() => ({
        set: { name: t('scoring.newRule'), kind: 'field', active: true, points: 10 },
        label: t('scoring.added'),
      })}
    >
      {(rows, propsOf) =>
        rows.map((rule) => <ScoringRuleCard key={rule.id} rule={rule} {...propsOf(rule)} />)
      }
    </RuleList>
  )
}
