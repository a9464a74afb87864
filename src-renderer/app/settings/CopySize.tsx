import { Group, Loader, Radio, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCopy } from '../../kernel/copy/use-copy'
import { useStore } from '../../kernel/use-store'
import { formatCount } from '../../ui/format'

/** How many of the latest changes a copy can be told to hold beside what is one's own. */
const sizes = [100_000, 10_000]

/** How much of the workspace this laptop holds, for big workspaces and small disks. */
export const CopySize = () => {
  const { t } = useTranslation('sync')
  const store = useStore()
  const { latest } = useCopy()
  // Shown at once: the copy says so itself only when there is room.
  const [wanted, setWanted] = useState<number | null>()
  const change = useMutation({
    mutationFn: (size: number | null) => store.changeCopy(size),
    onError: () => setWanted(undefined),
    networkMode: 'always',
  })
  const chosen = wanted === undefined ? latest : wanted
  return (
    <Radio.Group
      label={
        <Group gap="xs">
          {t('copy.keep')}
          {change.isPending ? <Loader size={14} aria-label={t('copy.changing')} /> : null}
        </Group>
      }
      description={t('copy.keepText')}
      error={change.error?.message}
      value={String(chosen ?? 'all')}
      onChange={(value) => {
        const size = value === 'all' ? null : Number(value)
        setWanted(size)
        change.mutate(size)
      }}
    >
      <Stack gap={6} mt="xs">
        <Radio value="all" label={t('copy.keepAll')} />
        {sizes.map((size) => (
          <Radio
            key={size}
            value={String(size)}
            label={t('copy.keepLatest', { latest: formatCount(size) })}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
