import { expect, it } from 'vitest'
import { newId } from '../../../shared/kernel/ids'
import { encodeFrame } from '../../../shared/protocol/frame'
import type { RecordTuple } from '../../../shared/protocol/sync'
import { createInbox } from './inbox'

const live = (prev: number, upTo: number, count = 1) => {
  const records = Array.from(
    { length: count },
    (): RecordTuple => ['contact', newId(), upTo, new Uint8Array([1])],
  )
  return encodeFrame({ type: 'live', prev, upTo, records })
}

it('takes live frames that follow each other as one', () => {
  const inbox = createInbox(async () => ({ records: [], derived: new Map() }))
  for (const frame of [live(1, 2), live(2, 5, 3), live(5, 6)]) inbox.add(frame)
  expect(inbox.take()).toMatchObject({ message: { prev: 1, upTo: 6, records: { length: 5 } } })
  expect(inbox.take()).toBeUndefined()
})

it('keeps a gap between frames visible', () => {
  const inbox = createInbox(async () => ({ records: [], derived: new Map() }))
  for (const frame of [live(1, 2), live(4, 5)]) inbox.add(frame)
  expect(inbox.take()).toMatchObject({ message: { prev: 1, upTo: 2 } })
  expect(inbox.take()).toMatchObject({ message: { prev: 4, upTo: 5 } })
})

it('does not pull a frame forward over another message', () => {
  const inbox = createInbox(async () => ({ records: [], derived: new Map() }))
  for (const frame of [live(1, 2), encodeFrame({ type: 'pong', clock: 1 }), live(2, 3)])
    inbox.add(frame)
  expect(
    [inbox.take(), inbox.take(), inbox.take()].map((message) => message?.message.type),
  ).toEqual(['live', 'pong', 'live'])
})

it('does not gather without end', () => {
  const inbox = createInbox(async () => ({ records: [], derived: new Map() }))
  for (let upTo = 1; upTo < 30; upTo += 1) inbox.add(live(upTo, upTo + 1, 100))
  expect(inbox.take()).toMatchObject({ message: { upTo: 11, records: { length: 1000 } } })
})

it('complains of garbage in its turn', () => {
  const inbox = createInbox(async () => ({ records: [], derived: new Map() }))
  inbox.add(live(1, 2))
  inbox.add(new Uint8Array([0xc1]))
  expect(inbox.take()).toMatchObject({ message: { upTo: 2 } })
  expect(() => inbox.take()).toThrow()
})
