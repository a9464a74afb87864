import type { AnyEntity } from '../../../shared/kernel/entity'
export const ImportScreen = ({ entity }: { entity: AnyEntity }) => <div>{entity.label}</div>
