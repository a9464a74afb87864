/** What a person is asked before a record moves to a stage. */
import { type AnyEntity, type AnyRow, fieldOf } from '../../kernel/entity'
import type { Values } from '../../kernel/rules'
import { isMissing } from '../../kernel/schema'

const isBlank = (value: unknown): boolean =>
  isMissing(value) ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0)

/** The fields that a stage requires of records of an entity and that a row leaves empty. */
export const missingAt = (entity: AnyEntity, stage: AnyRow, row: AnyRow): string[] => {
  const required = Array.isArray(stage.requiredFields) ? stage.requiredFields : []
  return required
    .map(({ field }: { field?: unknown }) => String(field))
    .filter((name) => fieldOf(entity, name) !== undefined && isBlank(row[name]))
}

/** What closing an entity's records is about, where they have such fields. */
const closing: { readonly [type: string]: readonly string[] } = {
  won: ['amount', 'closeDate', 'wonReason'],
  lost: ['lostReason'],
}

/** The fields to ask for when a row moves to a stage, in the order of asking. */
export const questionsOf = (entity: AnyEntity, stage: AnyRow, row: AnyRow): string[] => {
  const own = (closing[String(stage.stageType)] ?? []).filter((name) => name in entity.fields)
  return [...new Set([...own, ...missingAt(entity, stage, row)])]
}

/** The answers that a form begins with: what the row says, and for the day of a win today. */
export const answersFor = (
  questions: readonly string[],
  { row, stage, today }: { row: AnyRow; stage: AnyRow; today: string },
): Values =>
  Object.fromEntries(
    questions.map((name) => [
      name,
      stage.stageType === 'won' && name === 'closeDate' ? today : (row[name] ?? null),
    ]),
  )

/** The values that a move sets. What was won on another day than today was won at that day's noon. */
export const moveValues = (
  stage: AnyRow,
  { answers, row, today }: { answers: Values; row: AnyRow; today: string },
): Values => {
  const changed = Object.entries(answers).filter(
    ([name, value]) => JSON.stringify(value ?? null) !== JSON.stringify(row[name] ?? null),
  )
  const { closeDate } = answers
  const isOtherDay = typeof closeDate === 'string' && closeDate !== today
  const wonAt =
    stage.stageType === 'won' && isOtherDay ? { wonAt: `${closeDate}T12:00:00.000Z` } : {}
  return { stageId: stage.id, ...Object.fromEntries(changed), ...wonAt }
}
