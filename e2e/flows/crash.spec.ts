import { editField, expectPill, firstWindow, openRecord } from '../app-page'
import { expect, test } from '../fixtures'
import { launchApp, startServer } from '../start'

test('an edit survives kill -9 of the app an instant later and of the server before it was sent', async ({
  folder,
  server,
  app,
  page,
}) => {
  await openRecord(page, 'Contacts', 'Robert Fox')
  await server.stop('SIGKILL')
  await expectPill(page, /^Offline/)
  await editField(page, 'Department', 'Strategic sourcing')
  const gone = new Promise((resolve) => app.process().once('exit', resolve))
  app.process().kill('SIGKILL')
  await gone

  const back = await startServer(folder('data'), server.port)
  const again = await launchApp({ profile: folder('profile'), server: back.url })
  const window = await firstWindow(again)
  await expectPill(window, 'Up to date')
  await openRecord(window, 'Contacts', 'Robert Fox')
  await expect(window.getByText('Strategic sourcing')).toBeVisible()
  const login = await fetch(`${back.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'sales@demo.test', password: 'roadbook-demo' }),
  })
  const { access_token: token } = (await login.json()) as { access_token: string }
  const list = await fetch(`${back.url}/api/v1/crm/contacts?last_name=Fox`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(await list.json()).toMatchObject({ items: [{ department: 'Strategic sourcing' }] })
  await again.close()
  await back.stop()
})
