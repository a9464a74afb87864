/** Chooses who gets a lead that arrives without an owner. */
import { meetsAll } from '../../kernel/conditions'
import type { AnyRow } from '../../kernel/entity'
import type { AssignmentRule } from './assignment-rule'

/** What a candidate has already: open leads, and when the newest one came. */
export type Load = { open: number; latest: string }

const candidatesOf = (rule: AssignmentRule, active: ReadonlySet<string>): string[] =>
  rule.users.map(({ userId }) => userId ?? '').filter((id) => active.has(id))

const noLoad: Load = { open: 0, latest: '' }

const chosen = (
  rule: AssignmentRule,
  candidates: readonly string[],
  loads: ReadonlyMap<string, Load>,
): string | undefined => {
  const load = (id: string): Load => loads.get(id) ?? noLoad
  // Who has waited longest; among equals the order of the rule stays.
  const byWaiting = (a: string, b: string): number =>
    Number(load(a).latest > load(b).latest) - Number(load(a).latest < load(b).latest)
  const order = (a: string, b: string): number =>
    (rule.method === 'least_loaded' ? load(a).open - load(b).open : 0) || byWaiting(a, b)
  return rule.method === 'first' ? candidates[0] : [...candidates].sort(order)[0]
}

/**
 * The new owner, or null where no rule decides. Round robin gives the lead to the candidate who has
 * waited longest; the least loaded is the one with the fewest open leads.
 */
export const assignLead = (
  lead: AnyRow,
  rules: readonly AssignmentRule[],
  { active, loads }: { active: ReadonlySet<string>; loads: ReadonlyMap<string, Load> },
): string | null => {
  const ordered = rules
    .filter((rule) => rule.active)
    .toSorted((a, b) => Number(a.sequence ?? 0) - Number(b.sequence ?? 0))
  for (const rule of ordered) {
    if (!meetsAll(lead, rule.conditions)) continue
    const found = chosen(rule, candidatesOf(rule, active), loads)
    if (found) return found
  }
  return null
}
