import { useTranslation } from 'react-i18next'
import { type TeamMember, team } from '../../../shared/features/teams/team'
import { MasterDetail } from '../../kernel/editing/MasterDetail'
import { useRecords } from '../../kernel/use-records'
import { TeamEditor } from './TeamEditor'
import classes from './teams.module.css'

/** Who works together: some roles reach the records of their team and no further. */
export const TeamSettings = () => {
  const { t } = useTranslation('teams')
  const { rows, isLoading } = useRecords({ entity: 'teamMember', limit: 5000 })
  if (isLoading) return null
  const membersOf = (teamId: string): TeamMember[] =>
    // Rows of an entity have its shape.
    rows.filter((row) => row.teamId === teamId).map((row) => row as TeamMember)
  return (
    <MasterDetail
      entity={team}
      badgesOf={({ id }) => (
        <span className={classes.quiet}>{t('members', { count: membersOf(id).length })}</span>
      )}
      text={{ none: t('none'), add: t('add'), added: t('added') }}
      begin={() => ({ name: t('newTeam') })}
    >
      {(chosen, canEdit) => (
        <TeamEditor team={chosen} members={membersOf(chosen.id)} canEdit={canEdit} />
      )}
    </MasterDetail>
  )
}
