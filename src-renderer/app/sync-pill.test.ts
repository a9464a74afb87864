import type { TFunction } from 'i18next'
import { expect, it } from 'vitest'
import type { SyncStatus } from '../local/api'
import { wholeCopy } from '../local/sync/copy-status'
import { describeStatus } from './describe-status'

const t = ((key: string, values?: { count?: number }) =>
  [key, values?.count]
    .filter((part) => part !== undefined)
    .join(' ')) as unknown as TFunction<'app'>
const at = (status: SyncStatus) => describeStatus(status, t)

it('says where the truth is, and problems first', () => {
  expect(
    at({ state: 'live', waiting: 0, problems: 0, lost: 0, news: 0, audit: null, copy: wholeCopy }),
  ).toEqual({
    tone: 'live',
    text: 'sync.live',
  })
  expect(
    at({ state: 'live', waiting: 2, problems: 0, lost: 0, news: 0, audit: null, copy: wholeCopy }),
  ).toEqual({
    tone: 'syncing',
    text: 'sync.waiting 2',
  })
  expect(
    at({
      state: 'offline',
      since: '',
      waiting: 3,
      problems: 0,
      lost: 0,
      news: 0,
      audit: null,
      copy: wholeCopy,
    }),
  ).toEqual({
    tone: 'offline',
    text: 'sync.offline 3',
  })
  expect(
    at({ state: 'live', waiting: 2, problems: 1, lost: 0, news: 0, audit: null, copy: wholeCopy }),
  ).toEqual({
    tone: 'problem',
    text: 'sync.problems 1',
  })
})
