import { Title } from '@mantine/core'
import { may, roles } from '../../../shared/kernel/access'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { useRecordSync } from '../use-records'
import { useSession } from '../use-store'
import { FieldRow } from './FieldRow'
import classes from './record.module.css'

/** Whether the signed-in user may change records of an entity. */
export const useMayEdit = (entity: AnyEntity): boolean => {
  const { role } = useSession()
  return may(roles.find((name) => name === role) ?? 'read_only', 'update', entity)
}

/** The values of a record by section. Rich text has a place of its own. */
export const KeyFields = ({ entity, row }: { entity: AnyEntity; row: AnyRow }) => {
  const sync = useRecordSync(entity.name, row.id)
  const canEdit = useMayEdit(entity) && row.deletedAt === null
  return (
    <>
      {entity.sections.map((section) => {
        const names = section.fields.filter((name) => entity.fields[name]?.kind !== 'richText')
        if (names.length === 0) return null
        return (
          <section className={classes.section} key={section.label}>
            <Title order={3} className={classes.sectionTitle}>
              {section.label}
            </Title>
            {names.map((name) => (
              <FieldRow
                key={name}
                entity={entity}
                row={row}
                name={name}
                canEdit={canEdit}
                sync={sync}
              />
            ))}
          </section>
        )
      })}
    </>
  )
}
