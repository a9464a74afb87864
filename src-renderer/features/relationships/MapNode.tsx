import { IconStarFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { account } from '../../../shared/features/accounts/account'
import { contact } from '../../../shared/features/contacts/contact'
import { titleOf } from '../../../shared/kernel/entity'
import { humanise } from '../../ui/format'
import { Initials } from '../../ui/Initials'
import type { GraphNode } from './graph'
import classes from './relationships.module.css'

export type MapNodeType = Node<{ node: GraphNode }, 'record'>

/** A person or a company on the map; a link to its page. */
export const MapNode = ({ data: { node } }: NodeProps<MapNodeType>) => {
  const { t } = useTranslation('relationships')
  const { row, isCentre } = node
  const entity = node.entity === 'account' ? account : contact
  const name = titleOf(entity, row) || t('untitled')
  const detail =
    node.entity === 'account' ? humanise(String(row.accountType ?? '')) : String(row.jobTitle ?? '')
  return (
    <Link
      to="/$plural/$id"
      params={{ plural: entity.plural, id: row.id }}
      className={`${classes.node} nopan`}
      data-centre={isCentre || undefined}
      aria-current={isCentre ? 'true' : undefined}
      draggable={false}
      title={name}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Initials name={name} size={28} square={node.entity === 'account'} />
      <span className={classes.nodeText}>
        <span className={classes.nodeName}>{name}</span>
        {detail ? <span className={classes.nodeDetail}>{detail}</span> : null}
      </span>
      {row.isPrimary === true ? (
        <IconStarFilled size={12} className={classes.star} aria-label={t('mainContact')} />
      ) : null}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </Link>
  )
}
