/** Asks for the create form from anywhere; the frame shows it. */
import type { AnyEntity } from '../../../shared/kernel/entity'

export type CreateRequest = { entity: AnyEntity; defaults: { [field: string]: unknown } }

const eventName = 'roadbook:create'

/** Opens the form for a new record, with some values filled in. */
export const openQuickCreate = (
  entity: AnyEntity,
  defaults: { [field: string]: unknown } = {},
): void => {
  window.dispatchEvent(new CustomEvent<CreateRequest>(eventName, { detail: { entity, defaults } }))
}

/** Calls back on every request until the returned function is called. */
export const onCreateRequest = (listener: (request: CreateRequest) => void): (() => void) => {
  const handle = (event: Event) => {
    if (event instanceof CustomEvent) listener(event.detail)
  }
  window.addEventListener(eventName, handle)
  return () => window.removeEventListener(eventName, handle)
}
