/** People and companies around a record as a graph: who belongs where, who reports to whom, which ties there are. */
import type { AnyRow } from '../../../shared/kernel/entity'
import { type End, endsOf, type TieType, tieKinds, tieTypeOf } from './ties'

export type GraphNode = End & { key: string; row: AnyRow; isCentre: boolean }

export type GraphEdge = {
  key: string
  /** Keys of nodes; the graph is laid out from source to target. */
  source: string
  target: string
  /** What stands on it: types of ties; none for plain membership. */
  types: readonly TieType[]
  /** Belonging and reporting hold the picture together, further ties are drawn across it. */
  isStructure: boolean
  /** A directed tie whose direction is from target to source. */
  isReversed: boolean
}

export type Graph = { nodes: GraphNode[]; edges: GraphEdge[] }

export type Surroundings = {
  centre: End
  /** People and companies to be drawn, the centre among them. */
  contacts: readonly AnyRow[]
  accounts: readonly AnyRow[]
  relationships: readonly AnyRow[]
}

export const nodeKey = ({ entity, id }: End): string => `${entity}:${id}`

const contactEnd = (id: string): End => ({ entity: 'contact', id })
const accountEnd = (id: string): End => ({ entity: 'account', id })

const structure = (source: End, target: End, types: readonly TieType[] = []): GraphEdge => ({
  key: `${nodeKey(source)}>${nodeKey(target)}`,
  source: nodeKey(source),
  target: nodeKey(target),
  types,
  isStructure: true,
  isReversed: false,
})

/** A person hangs below the manager, or else below the company; a company below the one that owns it. */
const structureOf = (
  contacts: readonly AnyRow[],
  accounts: readonly AnyRow[],
  known: ReadonlySet<string>,
): GraphEdge[] => [
  ...accounts.flatMap(({ id, parentAccountId }) =>
    typeof parentAccountId === 'string' && known.has(nodeKey(accountEnd(parentAccountId)))
      ? [structure(accountEnd(parentAccountId), accountEnd(id))]
      : [],
  ),
  ...contacts.flatMap(({ id, accountId, reportsToId }) => {
    if (typeof reportsToId === 'string' && known.has(nodeKey(contactEnd(reportsToId))))
      return [structure(contactEnd(reportsToId), contactEnd(id))]
    return typeof accountId === 'string' && known.has(nodeKey(accountEnd(accountId)))
      ? [structure(accountEnd(accountId), contactEnd(id))]
      : []
  }),
]

const pairOf = (source: string, target: string): string => [source, target].sort().join('|')

/** The ties between the same two stand on one line. */
const withTies = (
  edges: readonly GraphEdge[],
  relationships: readonly AnyRow[],
  known: ReadonlySet<string>,
): GraphEdge[] => {
  const byPair = new Map(edges.map((edge) => [pairOf(edge.source, edge.target), edge]))
  const rooted = new Set(edges.flatMap(({ source, target }) => [source, target]))
  for (const row of relationships) {
    const ends = endsOf(row)
    if (!ends) continue
    const [from, to] = [nodeKey(ends.from), nodeKey(ends.to)]
    if (!known.has(from) || !known.has(to) || from === to) continue
    const type = tieTypeOf(row)
    const pair = pairOf(from, to)
    const present = byPair.get(pair)
    if (present) {
      byPair.set(pair, { ...present, types: [...new Set([...present.types, type])] })
      continue
    }
    // What stands outside of the company is laid out after what stands inside.
    const isReversed = !rooted.has(from) && rooted.has(to)
    byPair.set(pair, {
      key: pair,
      source: isReversed ? to : from,
      target: isReversed ? from : to,
      types: [type],
      isStructure: false,
      isReversed: isReversed && !tieKinds[type].isMutual,
    })
  }
  return [...byPair.values()]
}

export const buildGraph = (around: Surroundings): Graph => {
  const centre = nodeKey(around.centre)
  const nodes = [
    ...around.accounts.map((row) => ({ ...accountEnd(row.id), row })),
    ...around.contacts.map((row) => ({ ...contactEnd(row.id), row })),
  ].map((node) => ({ ...node, key: nodeKey(node), isCentre: nodeKey(node) === centre }))
  const known = new Set(nodes.map(({ key }) => key))
  const edges = structureOf(around.contacts, around.accounts, known)
  return { nodes, edges: withTies(edges, around.relationships, known) }
}
