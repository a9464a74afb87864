import { ActionIcon, Select, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TeamMember } from '../../../shared/features/teams/team'
import type { AnyRow } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import { TextCell } from '../../kernel/editing/TextCell'
import { useDelete } from '../../kernel/editing/use-delete'
import { useEdit } from '../../kernel/editing/use-edit'
import { recordName, useCommit, useRecords } from '../../kernel/use-records'
import { humanise } from '../../ui/format'
import { Initials } from '../../ui/Initials'
import classes from './teams.module.css'

type Props = { teamId: string; members: readonly TeamMember[]; canEdit: boolean }

/** The people of a team, and a choice of those who are not yet in it. */
export const MemberList = ({ teamId, members, canEdit }: Props) => {
  const { t } = useTranslation('teams')
  const commit = useCommit()
  const { rows: users } = useRecords({
    entity: 'user',
    sort: [{ field: 'name', descending: false }],
    limit: 500,
  })
  const memberOf = new Map(members.map((member) => [member.userId, member]))
  const others = users.filter(({ id }) => !memberOf.has(id))
  const add = (userId: string | null) => {
    if (!userId) return
    const set = { teamId, userId }
    void commit([{ entity: 'teamMember', id: newId(), create: true, set }], {
      label: t('joined', {
        name: recordName(
          'user',
          users.find(({ id }) => id === userId),
        ),
      }),
      toast: true,
    })
  }
  return (
    <>
      {members.length === 0 ? (
        <Text size="sm" mb="xs">
          {t('nobody')}
        </Text>
      ) : (
        <ul className={classes.members} aria-label={t('people')}>
          {users.map((user) => {
            const member = memberOf.get(user.id)
            return member ? (
              <Member key={member.id} member={member} user={user} canEdit={canEdit} />
            ) : null
          })}
        </ul>
      )}
      {canEdit && others.length > 0 ? (
        <Select
          // Chosen people leave the choice: each choosing begins anew.
          key={members.length}
          className={classes.name ?? ''}
          aria-label={t('addPerson')}
          placeholder={t('addPerson')}
          data={others.map((user) => ({ value: user.id, label: recordName('user', user) }))}
          searchable
          nothingFoundMessage={t('nobodyFound')}
          onChange={add}
        />
      ) : null}
    </>
  )
}

type MemberProps = { member: TeamMember; user: AnyRow; canEdit: boolean }

const Member = ({ member, user, canEdit }: MemberProps) => {
  const { t } = useTranslation('teams')
  const edit = useEdit('teamMember')
  const remove = useDelete('teamMember')
  const name = recordName('user', user)
  return (
    <li className={classes.member}>
      <Initials name={name} />
      <span className={classes.person} dir="auto">
        {name}
      </span>
      <span className={classes.quiet}>{humanise(String(user.role))}</span>
      <TextCell
        label={t('roleOf', { name })}
        placeholder={t('roleHint')}
        value={String(member.role ?? '')}
        disabled={!canEdit}
        onSave={(role) => edit(member, { role: role || null })}
      />
      <ActionIcon
        aria-label={t('remove', { name })}
        disabled={!canEdit}
        onClick={() => remove(member, t('left', { name }))}
      >
        <IconX size={16} stroke={1.5} />
      </ActionIcon>
    </li>
  )
}
