import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useStore } from '../kernel/use-store'
import classes from './app.module.css'
import { defaultServerUrl } from './desktop'

const statusSchema = z.object({ setup_needed: z.boolean(), demo: z.boolean() })

type ServerStatus = z.infer<typeof statusSchema>

const problemSchema = z.object({ detail: z.string() })

/** What the server says of itself; `null` where it cannot be asked, which signing in will explain. */
const useServerStatus = (serverUrl: string): ServerStatus | null => {
  const [status, setStatus] = useState<ServerStatus | null>(null)
  useEffect(() => {
    const controller = new AbortController()
    setStatus(null)
    if (!URL.canParse(serverUrl)) return
    fetch(`${serverUrl.replace(/\/$/, '')}/api/v1/auth/status`, { signal: controller.signal })
      .then((response) => response.json())
      .then((body) => setStatus(statusSchema.parse(body)))
      .catch(() => setStatus(null))
    return () => controller.abort()
  }, [serverUrl])
  return status
}

const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40) || 'workspace'

const setUp = async (serverUrl: string, body: { [name: string]: string }): Promise<void> => {
  const response = await fetch(`${serverUrl.replace(/\/$/, '')}/api/v1/auth/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(problemSchema.parse(await response.json()).detail)
}

/** The way in: sign-in, or the set-up of a new server. */
export const SignInScreen = () => {
  const { t } = useTranslation('app')
  const store = useStore()
  const [serverUrl, setServerUrl] = useState('')
  const [form, setForm] = useState({ email: '', password: '', name: '', workspace: '' })
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const status = useServerStatus(serverUrl)
  useEffect(() => void defaultServerUrl().then(setServerUrl), [])
  const [ended, setEnded] = useState<string | null>(null)
  useEffect(() => void store.ended().then((why) => setEnded(why?.detail ?? null)), [store])
  const isSetup = status?.setup_needed === true
  const set = (name: keyof typeof form) => (event: { currentTarget: { value: string } }) =>
    setForm({ ...form, [name]: event.currentTarget.value })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      const { email, password } = form
      if (isSetup)
        await setUp(serverUrl, {
          workspace_name: form.workspace,
          workspace_slug: slugOf(form.workspace),
          name: form.name,
          email,
          password,
        })
      await store.signIn({ serverUrl, email, password })
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
      setBusy(false)
    }
  }
  return (
    <main className={classes.signIn}>
      <form className={classes.signInCard} onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <img src="/icon.svg" alt="" width={36} height={36} />
          <Title order={1} size="h2">
            {isSetup ? t('signIn.setupTitle') : t('signIn.title')}
          </Title>
          {isSetup ? <Text size="sm">{t('signIn.setupText')}</Text> : null}
          {problem || ended ? (
            <Alert color={problem ? 'red' : 'orange'} variant="light" role="alert">
              {problem ?? ended}
            </Alert>
          ) : null}
          <TextInput
            size="sm"
            label={t('signIn.server')}
            value={serverUrl}
            onChange={(event) => setServerUrl(event.currentTarget.value)}
            required
            autoComplete="url"
          />
          {isSetup ? (
            <>
              <TextInput
                size="sm"
                label={t('signIn.workspace')}
                value={form.workspace}
                onChange={set('workspace')}
                required
              />
              <TextInput
                size="sm"
                label={t('signIn.name')}
                value={form.name}
                onChange={set('name')}
                required
                autoComplete="name"
              />
            </>
          ) : null}
          <TextInput
            size="sm"
            label={t('signIn.email')}
            type="email"
            value={form.email}
            onChange={set('email')}
            required
            autoComplete="username"
            autoFocus
          />
          <PasswordInput
            size="sm"
            label={t('signIn.password')}
            value={form.password}
            onChange={set('password')}
            required
            autoComplete={isSetup ? 'new-password' : 'current-password'}
            {...(isSetup ? { description: t('signIn.passwordHint'), minLength: 8 } : {})}
          />
          <Button type="submit" size="sm" loading={busy} fullWidth>
            {isSetup ? t('signIn.setup') : t('signIn.submit')}
          </Button>
          {status?.demo ? (
            <Text size="xs" c="var(--text-quiet)">
              {t('signIn.demo')}{' '}
              <Anchor
                component="button"
                type="button"
                size="xs"
                onClick={() =>
                  setForm({ ...form, email: 'sales@demo.test', password: 'roadbook-demo' })
                }
              >
                {t('signIn.useDemo')}
              </Anchor>
            </Text>
          ) : null}
        </Stack>
      </form>
    </main>
  )
}
