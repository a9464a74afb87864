import { describe, expect, it } from 'vitest'
import type { StoreEvent } from './api'
import { createEmitter } from './emitter'
import { createTestProfile } from './test-platform'

const start = () => {
  const { time } = createTestProfile()
  const emitter = createEmitter(time)
  const told: StoreEvent[] = []
  emitter.subscribe((event) => told.push(event))
  return { emitter, told, time }
}

const ids = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `id${from + index}`)

describe('changes of rows', () => {
  it('are told at once, and what follows within a moment together', () => {
    const { emitter, told, time } = start()
    emitter.emitChanges({ contact: ['a'] })
    emitter.emitChanges({ contact: ['b'] })
    emitter.emitChanges({ contact: ['c'], lead: ['d'] })
    expect(told).toEqual([{ type: 'changed', entity: 'contact', ids: ['a'] }])
    time.advance(60)
    expect(told.slice(1)).toEqual([
      { type: 'changed', entity: 'contact', ids: ['b', 'c'] },
      { type: 'changed', entity: 'lead', ids: ['d'] },
    ])
  })

  it('that come as a flood are told once a second, beside what people do', () => {
    const { emitter, told, time } = start()
    for (let page = 0; page < 5; page += 1) {
      emitter.emitChanges({ contact: ids(300, page * 300) })
      time.advance(100)
    }
    expect(told).toHaveLength(1)
    emitter.emitChanges({ contact: ['mine'] })
    expect(told[1]).toEqual({ type: 'changed', entity: 'contact', ids: ['mine'] })
    time.advance(500)
    expect(told[2]).toEqual({ type: 'changed', entity: 'contact', ids: 'all' })
  })
})
