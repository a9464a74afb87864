import type { TFunction } from 'i18next'
import type { SyncStatus } from '../local/api'
import { formatCount, formatShare } from '../ui/format'

/** What the pill says and in which colour; a word always stands beside the colour. */
export const describeStatus = (
  status: SyncStatus,
  t: TFunction<'app'>,
): { tone: string; text: string } => {
  const { waiting } = status
  const problems = status.problems + status.lost
  if (status.state === 'blocked') return { tone: 'problem', text: t('sync.blocked') }
  if (problems > 0) return { tone: 'problem', text: t('sync.problems', { count: problems }) }
  switch (status.state) {
    case 'signedOut':
      return { tone: 'offline', text: t('sync.signedOut') }
    case 'offline':
      return { tone: 'offline', text: t('sync.offline', { count: waiting }) }
    case 'connecting':
      return { tone: 'offline', text: t('sync.connecting') }
    case 'syncing':
      return {
        tone: 'syncing',
        text:
          status.total > 0
            ? t('sync.syncing', {
                done: formatCount(status.done),
                total: formatCount(status.total),
              })
            : t('sync.connecting'),
      }
    case 'live':
      if (waiting > 0) return { tone: 'syncing', text: t('sync.waiting', { count: waiting }) }
      if (status.clockOffMs !== undefined) return { tone: 'problem', text: t('sync.clock') }
      return status.copy.share < 1
        ? { tone: 'syncing', text: t('sync.filling', { share: formatShare(status.copy.share) }) }
        : { tone: 'live', text: t('sync.live') }
  }
}
