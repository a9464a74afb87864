/** Records and stamps that tests of the local store have in common. */
import { newId } from '../../shared/kernel/ids'
import type { OpenStore } from './store'
import { commit, type TestProfile } from './test-platform'

/** Makes a contact; answers its id. */
export const aContact = async (
  { store }: { store: OpenStore },
  set: { [field: string]: unknown } = { firstName: 'Grace' },
): Promise<string> => {
  const id = newId()
  await commit(store, [{ entity: 'contact', id, set, create: true }])
  return id
}

export const rename = (id: string, firstName: string) => [
  { entity: 'contact', id, set: { firstName } },
]

/** A stamp of another device, later than those made here with the same time. */
export const stampOf = ({ time }: TestProfile, offsetMs = 1000): string =>
  `${(time.now() + offsetMs).toString(36).padStart(9, '0')}0000otherdevic`
