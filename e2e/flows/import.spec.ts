import fs from 'node:fs'
import path from 'node:path'
import { expectPill, goTo } from '../app-page'
import { expect, test } from '../fixtures'
import { startServer } from '../start'

const rows = 10_000

const exportFile = (folder: string): string => {
  const file = path.join(folder, 'google.csv')
  const lines = Array.from(
    { length: rows },
    (_, index) =>
      `Person ${index},Imported,person${index}@import.example,+49 30 ${2_000_000 + index},Import Ltd`,
  )
  const bad = ',,no name at all,,'
  fs.writeFileSync(
    file,
    ['First Name,Last Name,E-mail 1 - Value,Phone 1 - Value,Organization Name', ...lines, bad].join(
      '\n',
    ),
  )
  return file
}

test('ten thousand contacts are imported offline, with a bad row named, and reach the server later', async ({
  page,
  folder,
  server,
}) => {
  test.setTimeout(240_000)
  await server.stop('SIGKILL')
  await expectPill(page, /^Offline/)
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Search records, or type what to do').fill('import')
  await page.getByRole('button', { name: 'Import contacts' }).click()
  await page.locator('input[type=file]').setInputFiles(exportFile(folder('files')))
  await expect(page.getByText('Line 10002')).toBeVisible()
  await page.getByRole('button', { name: 'Import 10,000 records' }).click()
  await expect(page.getByText('10,000 added')).toBeVisible({ timeout: 120_000 })
  await expect(page.getByText('1 line not taken')).toBeVisible()
  await goTo(page, 'Contacts')
  await expect(page.getByRole('status').filter({ hasText: 'records' })).toHaveText('10,005 records')
  const back = await startServer(folder('data'), server.port)
  await expectPill(page, 'Up to date', 120_000)
  const login = await fetch(`${back.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'sales2@demo.test', password: 'roadbook-demo' }),
  })
  const { access_token: token } = (await login.json()) as { access_token: string }
  const list = await fetch(`${back.url}/api/v1/crm/contacts?last_name=Imported&page_size=1`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(await list.json()).toMatchObject({ total: rows })
  await back.stop()
})
