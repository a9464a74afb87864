import { ActionIcon, Button, Select, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { stakeholderRoles } from '../../../shared/features/opportunities/opportunity'
import type { RecordPartProps } from '../../kernel/feature-view'
import { RecordPicker } from '../../kernel/fields/RecordPicker'
import { Reference } from '../../kernel/fields/Reference'
import { useMayEdit } from '../../kernel/record/KeyFields'
import recordClasses from '../../kernel/record/record.module.css'
import { recordName, useCommit, useRecordsById } from '../../kernel/use-records'
import { humanise } from '../../ui/format'
import classes from './opportunities.module.css'

type Stakeholder = { contactId: string; role: string | null }

const peopleOf = (value: unknown): Stakeholder[] =>
  (Array.isArray(value) ? value : []).filter(
    (item): item is Stakeholder => typeof item?.contactId === 'string',
  )

const roleChoices = stakeholderRoles.map((value) => ({ value, label: humanise(value) }))

/** Who has a say in the decision, and which one. */
export const Stakeholders = ({ entity, row }: RecordPartProps) => {
  const { t } = useTranslation('pipelines')
  const commit = useCommit()
  const canEdit = useMayEdit(entity, row) && row.deletedAt === null
  const people = peopleOf(row.stakeholders)
  const contacts = useRecordsById(
    'contact',
    people.map(({ contactId }) => contactId),
  )
  const nameOf = (id: string): string => recordName('contact', contacts.get(id)) || t('untitled')
  const save = (stakeholders: Stakeholder[], label: string) =>
    void commit([{ entity: entity.name, id: row.id, set: { stakeholders } }], {
      label,
      toast: true,
    })
  const add = (contactId: string | null) => {
    if (contactId === null || people.some((one) => one.contactId === contactId)) return
    save([...people, { contactId, role: null }], t('stakeholderAdded'))
  }
  return (
    <section className={recordClasses.section}>
      <h2 className={recordClasses.sectionTitle}>{t('stakeholders')}</h2>
      {people.length === 0 ? (
        <Text size="sm" c="var(--text-quiet)">
          {t('noStakeholders')}
        </Text>
      ) : null}
      <ul className={classes.people} aria-label={t('stakeholders')}>
        {people.map(({ contactId, role: own }) => (
          <li key={contactId} className={classes.person}>
            <span className={classes.personName}>
              <Reference target="contact" id={contactId} />{' '}
              <span className={classes.jobTitle}>
                {String(contacts.get(contactId)?.jobTitle ?? '')}
              </span>
            </span>
            {canEdit ? (
              <>
                <Select
                  w={160}
                  aria-label={t('roleOf', { name: nameOf(contactId) })}
                  placeholder={t('noRole')}
                  data={roleChoices}
                  value={own}
                  clearable
                  onChange={(next) =>
                    save(
                      people.map((one) =>
                        one.contactId === contactId ? { contactId, role: next } : one,
                      ),
                      t('roleChanged', { name: nameOf(contactId) }),
                    )
                  }
                />
                <ActionIcon
                  aria-label={t('removeStakeholder', { name: nameOf(contactId) })}
                  onClick={() =>
                    save(
                      people.filter((one) => one.contactId !== contactId),
                      t('stakeholderRemoved', { name: nameOf(contactId) }),
                    )
                  }
                >
                  <IconX size={14} />
                </ActionIcon>
              </>
            ) : (
              <span>{own ? humanise(own) : ''}</span>
            )}
          </li>
        ))}
      </ul>
      {canEdit ? (
        <div className={classes.addLine}>
          <RecordPicker target="contact" value={null} label={t('addStakeholder')} onChange={add} />
          {typeof row.contactId === 'string' &&
          !people.some(({ contactId }) => contactId === row.contactId) ? (
            <Button variant="default" onClick={() => add(String(row.contactId))}>
              {t('addMainContact')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}
