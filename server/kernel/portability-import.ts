/** `POST /{plural}/import`: records from files or JSON, with an outcome for each line. */
import type { Context } from 'hono'
import type { AnyEntity } from '../../shared/kernel/entity'
import { type FieldProblem, Refusal } from '../../shared/kernel/refusal'
import type { AuthEnv } from '../auth/authenticate'
import { accountsNamed, nameKey } from './account-names'
import {
  type CrudDeps,
  createRequestTools,
  idOf,
  pathEntity,
  wasCreatedBefore,
  withDefaults,
} from './crud'
import { type Line, readLines } from './portability-lines'
import type { EditInput } from './ports'
import { gateRefusal } from './problem'

type Failure = { line: number; errors: FieldProblem[] }
type Wanted = { line: number; edit: EditInput }

const maxLines = 10_000
/** Few enough that others are served between two of them. */
const linesPerCommit = 500

const problemsOf = ({ errors, message }: Refusal): FieldProblem[] =>
  errors.length > 0 ? errors : [{ path: '', message }]

type Reading = { deps: CrudDeps; c: Context<AuthEnv>; entity: AnyEntity }

/** The edits that lines ask for; lines that cannot be read go to `failed`. */
const readEdits = async (
  { deps, c, entity }: Reading,
  lines: readonly Line[],
  { failed, accounts }: { failed: Failure[]; accounts: ReadonlyMap<string, string> },
) => {
  const tools = createRequestTools(deps, c)
  const { newId } = c.get('idempotency')
  const known = new Set(
    lines.flatMap((one) => ('values' in one ? [String(one.values.id).toLowerCase()] : [])),
  )
  const wanted: Wanted[] = []
  const tagEdits: EditInput[] = []
  for (const one of lines) {
    // Taken for every line, so that a resumed import gives each line the id it had.
    const spare = newId()
    if ('errors' in one) {
      failed.push(one)
      continue
    }
    try {
      const id = idOf(one.values, () => spare)
      const accountId = one.account ? accounts.get(nameKey(one.account)) : undefined
      const body = accountId ? { ...one.values, account_id: accountId } : one.values
      const { tagEdits: brought, ...edit } = await tools.toEdit(entity, { body, known })
      const s = withDefaults(entity, edit.s)
      tagEdits.push(...brought)
      wanted.push({
        line: one.line,
        edit: { ...edit, entity: entity.name, id, s, mustBeNew: true },
      })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      failed.push({ line: one.line, errors: problemsOf(error) })
    }
  }
  return { wanted, tagEdits }
}

const requireFew = (lines: readonly Line[]): void => {
  if (lines.length > maxLines)
    throw new Refusal('request.too-large', {
      detail: `An import takes ${maxLines} records at most; this one has ${lines.length}.`,
    })
}

/** Creates what can be created and says of every other line why not. */
export const importRecords = async (deps: CrudDeps, c: Context<AuthEnv>): Promise<Response> => {
  const entity = pathEntity(c, 'create')
  const lines = await readLines(c, entity)
  requireFew(lines)
  return deps.tagLock(c.get('principal').workspaceId, () => createAll({ deps, c, entity }, lines))
}

const createAll = async ({ deps, c, entity }: Reading, lines: readonly Line[]) => {
  const failed: Failure[] = []
  const actor = { ...c.get('actor'), via: 'import' as const }
  const { reader } = createRequestTools(deps, c)
  const accounts = await accountsNamed(
    { reader, commit: deps.commit },
    actor,
    lines.flatMap((one) => ('values' in one && one.account ? [one.account] : [])),
  )
  const { wanted, tagEdits } = await readEdits({ deps, c, entity }, lines, { failed, accounts })
  if (tagEdits.length > 0) await deps.commit(actor, tagEdits)
  const ids: string[] = []
  for (let start = 0; start < wanted.length; start += linesPerCommit) {
    const part = wanted.slice(start, start + linesPerCommit)
    const outcomes = await deps.commit(
      actor,
      part.map(({ edit }) => edit),
    )
    part.forEach(({ line, edit }, index) => {
      const outcome = outcomes[index]
      if (outcome?.ok || wasCreatedBefore(c, outcome)) ids.push(edit.id)
      else if (outcome) failed.push({ line, errors: problemsOf(gateRefusal(outcome.refusal)) })
    })
  }
  failed.sort((a, b) => a.line - b.line)
  return c.json({ created: ids.length, failed, ids })
}
