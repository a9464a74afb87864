import { Alert, Button, CopyButton, Group, Text, TextInput } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { askServer } from '../../../kernel/ask-server'
import { useStore } from '../../../kernel/use-store'
import type { LocalStore } from '../../../local/api'

const stateSchema = z.object({ active: z.boolean() })
const linkSchema = z.object({ path: z.string() })

const ask = async (store: LocalStore, method: string): Promise<{ base: string; body: unknown }> => {
  const { serverUrl, response } = await askServer(store, 'calendar', { method })
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  return { base: serverUrl, body: response.status === 204 ? null : await response.json() }
}

const queryKey = ['calendar-link']

/** The link with which other calendars show one's activities. It lives on the server. */
export const CalendarLink = () => {
  const { t } = useTranslation('calendar')
  const store = useStore()
  const client = useQueryClient()
  const state = useQuery({
    queryKey,
    queryFn: async () => stateSchema.parse((await ask(store, 'GET')).body).active,
    retry: false,
    networkMode: 'always',
  })
  const refresh = () => client.invalidateQueries({ queryKey })
  const make = useMutation({
    mutationFn: async () => {
      const { base, body } = await ask(store, 'POST')
      return `${base}${linkSchema.parse(body).path}`
    },
    onSuccess: refresh,
    networkMode: 'always',
  })
  const end = useMutation({
    mutationFn: () => ask(store, 'DELETE'),
    onSuccess: () => {
      make.reset()
      return refresh()
    },
    networkMode: 'always',
  })
  const isLost = state.isError || make.isError || end.isError
  return (
    <>
      <Text size="sm" c="var(--text-quiet)" mb="sm" maw={640}>
        {t('link.text')}
      </Text>
      {isLost ? (
        <Alert icon={<IconCloudOff size={16} stroke={1.5} />} variant="light" role="alert" mb="sm">
          {t('link.offline')}
        </Alert>
      ) : null}
      {make.data ? (
        <Group align="flex-end" mb="sm" gap="xs">
          <TextInput w={560} label={t('link.address')} value={make.data} readOnly />
          <CopyButton value={make.data}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {t(copied ? 'link.copied' : 'link.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
      ) : null}
      {make.data ? (
        <Text size="sm" mb="sm">
          {t('link.once')}
        </Text>
      ) : null}
      <Group gap="xs">
        <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
          {t(state.data ? 'link.replace' : 'link.make')}
        </Button>
        {state.data ? (
          <Button
            variant="default"
            color="red"
            loading={end.isPending}
            onClick={() => end.mutate()}
          >
            {t('link.end')}
          </Button>
        ) : null}
      </Group>
    </>
  )
}
