/** Names and next activities for the cards on screen, read for all of them at once. */
import type { AnyRow } from '../../../shared/kernel/entity'
import type { StagedView } from '../stages/staged-view'
import { recordName, useRecords, useRecordsById } from '../use-records'
import type { CardContext } from './CardFace'

const idsIn = (rows: readonly AnyRow[], field: string): string[] =>
  rows.flatMap((row) => (typeof row[field] === 'string' ? [row[field]] : []))

const soonest = [{ field: 'dueDate', descending: false }]

export const useCardContext = (
  view: StagedView,
  rows: readonly AnyRow[],
): ((row: AnyRow) => CardContext) => {
  const target = view.entity.fields[view.company]?.target
  const companies = useRecordsById(target ?? 'account', target ? idsIn(rows, view.company) : [])
  const owners = useRecordsById('user', idsIn(rows, 'ownerId'))
  const ids = rows.map(({ id }) => id).sort()
  const activities = useRecords(
    {
      entity: 'activity',
      where: [
        { field: view.link, operator: 'in', value: ids },
        { field: 'status', operator: 'in', value: ['scheduled', 'in_progress'] },
      ],
      sort: soonest,
    },
    { enabled: ids.length > 0 },
  ).rows
  return (row) => {
    const company = String(row[view.company] ?? '')
    return {
      company: target ? recordName(target, companies.get(company)) : company,
      owner: recordName('user', owners.get(String(row.ownerId))),
      next: activities.find((activity) => activity[view.link] === row.id),
    }
  }
}
