/** A lead's score by the workspace's rules, with the reasons beside it. */
import { meets } from '../../kernel/conditions'
import type { AnyRow } from '../../kernel/entity'
import type { ScoringRule } from './scoring-rule'

type ScoreReason = { rule: string; points: number }

export type Score = { score: number; reasons: ScoreReason[] }

const dayMs = 24 * 3600_000

const timeOf = (activity: AnyRow): number =>
  Date.parse(String(activity.completedAt ?? activity.dueDate ?? activity.createdAt))

const ageInDays = (activity: AnyRow, now: number): number =>
  Math.max(0, (now - timeOf(activity)) / dayMs)

/** How much of the points is left after some days; without half-life all of them. */
const kept = (days: number, halfLifeDays: number | null): number =>
  halfLifeDays ? 0.5 ** (days / halfLifeDays) : 1

const concerned = (rule: ScoringRule, activities: readonly AnyRow[], now: number): AnyRow[] =>
  activities.filter(
    (activity) =>
      timeOf(activity) <= now &&
      activity.status !== 'cancelled' &&
      (!rule.activityType || activity.activityType === rule.activityType) &&
      (!rule.withinDays || ageInDays(activity, now) <= rule.withinDays),
  )

const capped = (points: number, max: number | null): number =>
  max === null ? points : Math.sign(points) * Math.min(Math.abs(points), max)

const pointsOf = (
  rule: ScoringRule,
  lead: AnyRow,
  { activities, now }: { activities: readonly AnyRow[]; now: number },
): number => {
  const points = rule.points ?? 0
  if (rule.kind === 'field') return meets(lead, rule) ? points : 0
  const ages = concerned(rule, activities, now).map((activity) => ageInDays(activity, now))
  if (rule.kind === 'recency')
    return ages.length > 0 ? points * kept(Math.min(...ages), rule.halfLifeDays) : 0
  return ages.reduce((sum, days) => sum + points * kept(days, rule.halfLifeDays), 0)
}

/** Scores a lead; whole points between 0 and 1000, the reasons with most points first. */
export const scoreLead = (
  lead: AnyRow,
  rules: readonly ScoringRule[],
  seen: { activities: readonly AnyRow[]; now: number },
): Score => {
  const reasons = rules
    .filter(({ active }) => active)
    .map((rule) => ({
      rule: String(rule.name),
      points: Math.round(capped(pointsOf(rule, lead, seen), rule.maxPoints)),
    }))
    .filter(({ points }) => points !== 0)
    .sort((a, b) => b.points - a.points || (a.rule < b.rule ? -1 : 1))
  const sum = reasons.reduce((total, { points }) => total + points, 0)
  return { score: Math.min(1000, Math.max(0, sum)), reasons }
}
