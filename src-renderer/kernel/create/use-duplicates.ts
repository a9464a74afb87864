/** Records that look like the one being typed: same e-mail, phone or name. */
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'
import type { ListCondition } from '../../local/api'
import { useRecords } from '../use-records'

const telling = ['email', 'phone', 'name'] as const

/** The first condition that says enough to be worth a warning; `null` where nothing does. */
export const duplicateCondition = (
  entity: AnyEntity,
  values: { [field: string]: unknown },
): ListCondition[] | null => {
  for (const field of telling) {
    const value = values[field]
    if (field in entity.fields && typeof value === 'string' && value.trim().length > 3)
      return [{ field, operator: 'eq', value: value.trim() }]
  }
  const names = entity.titleFields.length > 1 ? entity.titleFields : []
  const given = names.map((field) => ({ field, operator: 'eq' as const, value: values[field] }))
  const all =
    given.length > 0 && given.every(({ value }) => typeof value === 'string' && value !== '')
  return all ? given : null
}

export const useDuplicates = (
  entity: AnyEntity,
  values: { [field: string]: unknown },
): AnyRow[] => {
  const where = duplicateCondition(entity, values)
  const { rows } = useRecords(
    { entity: entity.name, where: where ?? [], limit: 3 },
    { enabled: where !== null },
  )
  return where === null ? [] : rows
}
