import '@xyflow/react/dist/base.css'
import { Controls, type Edge, MarkerType, ReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Graph, GraphEdge } from './graph'
import { layoutGraph, nodeSize } from './layout'
import { MapNode, type MapNodeType } from './MapNode'
import classes from './relationships.module.css'
import { tieKinds } from './ties'

const nodeTypes = { record: MapNode }

const arrow = { type: MarkerType.ArrowClosed, width: 14, height: 14 }

const edgeOf = (edge: GraphEdge, label: string): Edge => {
  const isDirected = edge.types.some((type) => !tieKinds[type].isMutual)
  return {
    id: edge.key,
    source: edge.source,
    target: edge.target,
    type: edge.isStructure ? 'smoothstep' : 'default',
    className: (edge.isStructure ? classes.structure : classes.tie) ?? '',
    focusable: false,
    ...(label === '' ? {} : { label, labelBgPadding: [4, 2], labelBgBorderRadius: 3 }),
    ...(!edge.isStructure && isDirected
      ? { [edge.isReversed ? 'markerStart' : 'markerEnd']: arrow }
      : {}),
  }
}

/** The graph, to be looked at, moved and zoomed; what it says stands in a list below as well. */
export const MapCanvas = ({ graph }: { graph: Graph }) => {
  const { t } = useTranslation('relationships')
  const nodes = useMemo((): MapNodeType[] => {
    const places = layoutGraph(graph)
    return graph.nodes.map((node) => ({
      id: node.key,
      type: 'record',
      data: { node },
      position: places.get(node.key) ?? { x: 0, y: 0 },
      ...nodeSize,
    }))
  }, [graph])
  const edges = useMemo(
    () =>
      graph.edges.map((edge) =>
        edgeOf(edge, edge.types.map((type) => t(`onLine.${type}`)).join(', ')),
      ),
    [graph, t],
  )
  return (
    <ReactFlow
      key={nodes.map(({ id }) => id).join()}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      fitView
      fitViewOptions={{ maxZoom: 1, minZoom: 0.5, padding: 0.08 }}
      minZoom={0.2}
      maxZoom={1.5}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      elementsSelectable={false}
      zoomOnScroll={false}
      preventScrolling={false}
      proOptions={{ hideAttribution: true }}
      aria-label={t('map')}
    >
      <Controls showInteractive={false} />
    </ReactFlow>
  )
}
