/** Where the nodes of a graph stand: from left to right, whoever belongs together side by side. */
import { Graph as DagreGraph, layout } from '@dagrejs/dagre'
import type { Graph } from './graph'

export const nodeSize = { width: 212, height: 52 }

/** Top left corners by key of node, in pixels. */
export const layoutGraph = ({ nodes, edges }: Graph): Map<string, { x: number; y: number }> => {
  const graph = new DagreGraph()
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 84 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { key } of nodes) graph.setNode(key, { ...nodeSize })
  for (const { source, target, isStructure } of edges)
    graph.setEdge(source, target, { weight: isStructure ? 4 : 1 })
  layout(graph)
  return new Map(
    nodes.map(({ key }) => {
      const { x, y } = graph.node(key)
      return [key, { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 }]
    }),
  )
}
