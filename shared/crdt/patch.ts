/**
 * The merge rule of records (SPEC.md, rules M1 to M8): a record is a bag of stamped patches, its
 * row is their fold. The fold depends neither on the order nor on the number of arrivals.
 */
import { z } from 'zod'
import { isStamp } from '../kernel/clock'
import { idSchema } from '../kernel/ids'
import { setChangeSchema } from '../kernel/schema'

/** Elements that one edit put into or took out of a set. */
export type SetChange = { add?: string[]; remove?: string[] }

/**
 * One edit of a record: `t` its stamp, `s` the fields it set, `e` the sets it changed element by
 * element, `x` the rich texts it wrote in, `by` the user who made it (the gate says so; absent for what the server does by itself). It
 * describes itself, so that replicas can fold fields they have never heard of.
 */
export type Patch = {
  t: string
  s: { [field: string]: unknown }
  e?: { [field: string]: SetChange }
  x?: readonly string[]
  by?: string
}

const fieldName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,63}$/, 'is not a field name')

export const stampSchema = z.string().refine(isStamp, 'is not a stamp')

/** The shape of a patch that arrives from elsewhere; its values are checked against the entity. */
export const patchSchema = z.strictObject({
  t: stampSchema,
  s: z.record(fieldName, z.unknown()),
  e: z.record(fieldName, setChangeSchema).optional(),
})

/** Shape of a record's id wherever one arrives. */
export const recordIdSchema = idSchema

/** When something was said and by whom; `by` is absent for what never passed the gate. */
export type Said = { t: string; by?: string | undefined }

type Winner = Said & { value: unknown }

/** What the patches of a record say together: for each field and set element the newest word. */
export type Folded = {
  fields: Map<string, Winner>
  sets: Map<string, Map<string, Said & { present: boolean }>>
  /** The newest edit of each rich text; what it says stands in the document. */
  texts: Map<string, Said>
}

/** Whether the candidate beats the holder; equal stamps are broken by content, so that order never matters. */
const beats = (t: string, value: unknown, holder: Winner | undefined): boolean => {
  if (holder === undefined || t > holder.t) return true
  return t === holder.t && JSON.stringify(value) > JSON.stringify(holder.value)
}

const foldSets = (sets: Folded['sets'], { t, e, by }: Patch): void => {
  for (const [field, change] of Object.entries(e ?? {})) {
    // A change of nothing leaves no trace, so that it may be pruned.
    if (!change.add?.length && !change.remove?.length) continue
    const elements = sets.get(field) ?? new Map<string, Said & { present: boolean }>()
    sets.set(field, elements)
    const put = (element: string, present: boolean) => {
      const holder = elements.get(element)
      const wins = !holder || t > holder.t || (t === holder.t && present && !holder.present)
      if (wins) elements.set(element, { t, by, present })
    }
    for (const element of change.remove ?? []) put(element, false)
    for (const element of change.add ?? []) put(element, true)
  }
}

/** Folds patches in whatever order they are given (M1 to M5). */
export const fold = (patches: readonly Patch[]): Folded => {
  const folded: Folded = { fields: new Map(), sets: new Map(), texts: new Map() }
  for (const patch of patches) {
    for (const field of Object.keys(patch.s)) {
      const value = patch.s[field]
      if (beats(patch.t, value, folded.fields.get(field)))
        folded.fields.set(field, { t: patch.t, by: patch.by, value })
    }
    for (const field of patch.x ?? [])
      if (patch.t > (folded.texts.get(field)?.t ?? ''))
        folded.texts.set(field, { t: patch.t, by: patch.by })
    if (patch.e) foldSets(folded.sets, patch)
  }
  return folded
}

/** The folded values: fields as last set, sets as sorted arrays of their present elements. */
export const foldedValues = (folded: Folded): { [field: string]: unknown } => {
  const values: { [field: string]: unknown } = {}
  for (const [field, winner] of folded.fields) values[field] = winner.value
  for (const [field, elements] of folded.sets)
    values[field] = [...elements]
      .filter(([, element]) => element.present)
      .map(([id]) => id)
      .sort()
  return values
}

/** The stamps that still decide something; a patch whose stamp is not among them is superseded (M6). */
export const decidingStamps = (folded: Folded): Set<string> => {
  const stamps = new Set<string>()
  for (const winner of folded.fields.values()) stamps.add(winner.t)
  for (const said of folded.texts.values()) stamps.add(said.t)
  for (const elements of folded.sets.values())
    for (const element of elements.values()) stamps.add(element.t)
  return stamps
}

/** The newest stamp of a fold; empty text where there is no patch. */
export const newestStamp = ({ fields, texts, sets }: Folded): string => {
  let newest = ''
  const see = ({ t }: { t: string }) => {
    if (t > newest) newest = t
  }
  for (const winner of fields.values()) see(winner)
  for (const said of texts.values()) see(said)
  for (const elements of sets.values()) for (const element of elements.values()) see(element)
  return newest
}

/** The newest word on a field, whatever its kind; `undefined` where nobody said anything. */
export const lastWord = (folded: Folded, field: string): Said | undefined => {
  const words = [
    folded.fields.get(field),
    folded.texts.get(field),
    ...(folded.sets.get(field)?.values() ?? []),
  ].filter((word) => word !== undefined)
  return words.reduce<Said | undefined>(
    (newest, word) => (newest && newest.t >= word.t ? newest : word),
    undefined,
  )
}

/** Fields of `patch` that lose to something newer in `folded`: what *While you were away* shows (M7). */
export const lostFields = (patch: Patch, folded: Folded): string[] => [
  ...Object.keys(patch.s).filter((field) => (folded.fields.get(field)?.t ?? '') > patch.t),
  ...Object.entries(patch.e ?? {})
    .filter(([field, change]) =>
      [...(change.add ?? []), ...(change.remove ?? [])].some(
        (element) => (folded.sets.get(field)?.get(element)?.t ?? '') > patch.t,
      ),
    )
    .map(([field]) => field),
]
