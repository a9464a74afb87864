/** The steps of an import and what each knows. */
import { useEffect, useRef, useState } from 'react'
import type { AnyEntity } from '../../../shared/kernel/entity'
import type { CellProblem, Draft } from '../../../shared/portability/convert'
import type { Encoding } from '../../../shared/portability/decode'
import { type ColumnTarget, suggestMapping } from '../../../shared/portability/mapping'
import type { LineProblem, Table } from '../../../shared/portability/table'
import { useSession, useStore } from '../../kernel/use-store'
import { connectImportWorker } from './connect-worker'
import { type DuplicateChoice, type ImportResult, runImport, undoImport } from './run-import'

export type Source = {
  name: string
  bytes: Uint8Array
  table: Table
  encoding: Encoding | null
  delimiter: string | null
}

export type Converted = { drafts: Draft[]; rejected: LineProblem[]; problems: CellProblem[] }

export type Step =
  | { at: 'file'; problem: string | null }
  | { at: 'map'; source: Source; targets: ColumnTarget[]; converted: Converted | null }
  | { at: 'running'; source: Source; total: number; done: number }
  | { at: 'done'; source: Source; converted: Converted; result: ImportResult; undone: boolean }

export const maxFileBytes = 50 * 1024 * 1024

const mappingKey = (entity: AnyEntity, headings: readonly string[]): string =>
  `roadbook.import.${entity.name}.${headings.join('|')}`.slice(0, 2000)

const rememberedMapping = (entity: AnyEntity, table: Table): ColumnTarget[] => {
  const kept = localStorage.getItem(mappingKey(entity, table.headings))
  const suggested = suggestMapping(entity, table.headings)
  if (kept === null) return suggested
  try {
    const targets: ColumnTarget[] = JSON.parse(kept)
    return targets.length === suggested.length ? targets : suggested
  } catch {
    // Written by another version: the suggestion serves.
    return suggested
  }
}

export const useImport = (entity: AnyEntity) => {
  const store = useStore()
  const { currency } = useSession()
  const [step, setStep] = useState<Step>({ at: 'file', problem: null })
  const [duplicates, setDuplicates] = useState<DuplicateChoice>('skip')
  const [country, setCountry] = useState(navigator.language.split('-')[1] ?? 'DE')
  const [dayFirst, setDayFirst] = useState(!navigator.language.startsWith('en-US'))
  const worker = useRef<ReturnType<typeof connectImportWorker> | null>(null)
  const controller = useRef(new AbortController())
  useEffect(() => {
    worker.current = connectImportWorker()
    return () => worker.current?.stop()
  }, [])

  const convert = async (
    source: Source,
    targets: ColumnTarget[],
    choice: { dayFirst?: boolean } = {},
  ) => {
    setStep({ at: 'map', source, targets, converted: null })
    const known = /^[A-Z]{2}$/.test(country) ? { country: country as 'DE' } : {}
    const options = { currency, dayFirst, ...choice, ...known }
    const outcomes = await worker.current?.api.convert(
      entity.name,
      { table: source.table, targets },
      options,
    )
    const converted: Converted = { drafts: [], rejected: [...source.table.problems], problems: [] }
    for (const outcome of outcomes ?? [])
      if (outcome.ok) {
        converted.drafts.push(outcome.draft)
        converted.problems.push(...outcome.problems)
      } else converted.rejected.push({ line: outcome.line, reason: outcome.reason })
    converted.rejected.sort((a, b) => a.line - b.line)
    setStep({ at: 'map', source, targets, converted })
  }

  const open = async (
    name: string,
    bytes: Uint8Array,
    choice: { encoding?: Encoding; delimiter?: string } = {},
  ) => {
    const read = await worker.current?.api.read(bytes, choice)
    if (!read) return
    if (!read.ok) return setStep({ at: 'file', problem: read.why })
    const { table, encoding, delimiter } = read
    await convert({ name, bytes, table, encoding, delimiter }, rememberedMapping(entity, table))
  }

  const run = async (source: Source, targets: ColumnTarget[], converted: Converted) => {
    localStorage.setItem(mappingKey(entity, source.table.headings), JSON.stringify(targets))
    controller.current = new AbortController()
    const total = converted.drafts.length
    setStep({ at: 'running', source, total, done: 0 })
    const result = await runImport({
      store,
      entity,
      drafts: converted.drafts,
      duplicates,
      label: source.name,
      signal: controller.current.signal,
      onProgress: (done) => setStep({ at: 'running', source, total, done }),
    })
    setStep({ at: 'done', source, converted, result, undone: false })
  }

  return {
    step,
    duplicates,
    setDuplicates,
    country,
    setCountry,
    dayFirst,
    setDayFirst,
    open,
    convert,
    run,
    fail: (problem: string) => setStep({ at: 'file', problem }),
    cancel: () => controller.current.abort(),
    restart: () => setStep({ at: 'file', problem: null }),
    undo: async () => {
      if (step.at !== 'done') return
      await undoImport(store, step.result.undoIds)
      setStep({ ...step, undone: true })
    },
  }
}
