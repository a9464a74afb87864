/** From frames to messages that a schema has checked, and from their edits to what the gate takes. */
import { Refusal } from '../../shared/kernel/refusal'
import { decodeFrame } from '../../shared/protocol/frame'
import { type ClientMessage, clientMessageSchema, type Edit } from '../../shared/protocol/sync'
import type { EditInput } from '../kernel/ports'

/** An edit of a push as the gate takes it. */
export const toInput = ({ e, g, x, ...edit }: Edit): EditInput => ({
  ...edit,
  ...(e
    ? {
        e: Object.fromEntries(
          Object.entries(e).map(([field, change]) => [field, withoutAbsent(change)]),
        ),
      }
    : {}),
  ...(g === undefined ? {} : { g }),
  ...(x ? { x } : {}),
})

const withoutAbsent = ({
  add,
  remove,
}: {
  add?: string[] | undefined
  remove?: string[] | undefined
}) => ({
  ...(add ? { add } : {}),
  ...(remove ? { remove } : {}),
})

/** The message of a frame; throws `sync.malformed` and names what is wrong. */
export const readMessage = (frame: Uint8Array): ClientMessage => {
  const parsed = clientMessageSchema.safeParse(decodeSafely(frame))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refusal('sync.malformed', {
    detail: `The message cannot be read: ${issue?.path.join('.') || 'message'} ${issue?.message ?? ''}.`,
  })
}

const decodeSafely = (frame: Uint8Array): unknown => {
  try {
    return decodeFrame(frame)
  } catch (error) {
    throw new Refusal('sync.malformed', { detail: 'The frame is not MessagePack.', cause: error })
  }
}
