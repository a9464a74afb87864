import { Group, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type TeamMember, team as teamEntity } from '../../../shared/features/teams/team'
import type { AnyRow } from '../../../shared/kernel/entity'
import { DeleteButton } from '../../kernel/editing/DeleteButton'
import { DescriptionCell } from '../../kernel/editing/DescriptionCell'
import { TextCell } from '../../kernel/editing/TextCell'
import { useDelete } from '../../kernel/editing/use-delete'
import { useEdit } from '../../kernel/editing/use-edit'
import { MemberList } from './MemberList'
import classes from './teams.module.css'

type Props = { team: AnyRow; members: readonly TeamMember[]; canEdit: boolean }

/** One team: its name and its people. */
export const TeamEditor = ({ team, members, canEdit }: Props) => {
  const { t } = useTranslation('teams')
  const edit = useEdit('team')
  const remove = useDelete('team')
  const name = String(team.name)
  return (
    <Stack gap="md">
      <div className={classes.name}>
        <TextCell
          label={t('name')}
          value={name}
          isRequired
          disabled={!canEdit}
          onSave={(text) => edit(team, { name: text })}
        />
      </div>
      <DescriptionCell
        entity={teamEntity}
        row={team}
        placeholder={t('descriptionHint')}
        disabled={!canEdit}
      />
      <section>
        <Title order={3} size="h3" mb={4}>
          {t('people')}
        </Title>
        <Text size="sm" c="var(--text-quiet)" mb="xs">
          {t('text')}
        </Text>
        <MemberList teamId={team.id} members={members} canEdit={canEdit} />
      </section>
      {canEdit ? (
        <Group>
          <DeleteButton label={t('delete')} onDelete={() => remove(team, t('deleted', { name }))} />
        </Group>
      ) : null}
    </Stack>
  )
}
