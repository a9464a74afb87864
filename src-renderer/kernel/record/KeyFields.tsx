import { Title } from '@mantine/core'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import { useAccess } from '../use-access'
import { useRecordSync } from '../use-records'
import { FieldRow } from './FieldRow'
import classes from './record.module.css'

/** Whether the signed-in user may change a record, or add some to an entity. */
export const useMayEdit = (entity: AnyEntity, row?: AnyRow): boolean => {
  const access = useAccess()
  return row ? access.allows('update', entity, row) : access.may('create', entity)
}

/** The values of a record by section. Rich text has a place of its own. */
export const KeyFields = ({ entity, row }: { entity: AnyEntity; row: AnyRow }) => {
  const sync = useRecordSync(entity.name, row.id)
  const { isFixed } = useAccess()
  const canEdit = useMayEdit(entity, row) && row.deletedAt === null
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
                canEdit={canEdit && !isFixed(entity, name)}
                sync={sync}
              />
            ))}
          </section>
        )
      })}
    </>
  )
}
