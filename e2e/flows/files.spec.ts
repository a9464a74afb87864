import { signedIn } from '../api'
import { expectPill, openRecord } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'
import { startServer } from '../start'

// A picture of one pixel.
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('files are added to a record offline, shown, renamed and removed, and reach the server later', async ({
  page,
  server,
  folder,
}) => {
  await server.stop()
  await openRecord(page, 'Accounts', 'Acme Corp')
  await page.getByRole('tab', { name: 'Files' }).click()
  await page.locator('input[type=file]').setInputFiles([
    { name: 'Floor plan.png', mimeType: 'image/png', buffer: pixel },
    { name: 'Offer.txt', mimeType: 'text/plain', buffer: Buffer.from('Forty seats') },
  ])
  const files = page.getByRole('list', { name: 'Files' })
  await expect(files.getByRole('listitem')).toHaveCount(2)
  await expect(files).toContainText('not with the server yet')
  await expect(page.getByRole('tab', { name: 'Files 2' })).toBeVisible()

  await files.getByRole('button', { name: 'Floor plan.png', exact: true }).click()
  const picture = page.getByRole('dialog').getByRole('img', { name: 'Floor plan.png' })
  await expect(picture).toHaveJSProperty('naturalWidth', 1)
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Rename Offer.txt' }).click()
  await page.getByLabel('Name of the file').fill('Offer of March.txt')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Remove Floor plan.png' }).click()
  await expect(files.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(files.getByRole('listitem')).toHaveCount(2)
  expect(await seriousProblems(page)).toEqual([])

  const back = await startServer(folder('data'), server.port)
  try {
    await expectPill(page, 'Up to date')
    await expect(files).not.toContainText('not with the server yet')
    const api = await signedIn(back.url)
    const [offer] = await api.list('files?name=Offer of March.txt')
    expect(offer?.uploaded_at).not.toBeNull()
    expect(await api.text(`files/${offer?.id}/content`)).toBe('Forty seats')
  } finally {
    await back.stop()
  }
})

test('a file that a proxy does not let through says why, and is sent again when it does', async ({
  page,
  server,
}) => {
  const content = '**/files/*/content'
  await page
    .context()
    .route(content, (route) =>
      route.fulfill({ status: 413, contentType: 'text/html', body: '<h1>Too large</h1>' }),
    )
  await openRecord(page, 'Accounts', 'Acme Corp')
  await page.getByRole('tab', { name: 'Files' }).click()
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'Plan.txt', mimeType: 'text/plain', buffer: Buffer.from('A plan') })
  await page.getByRole('link', { name: 'not taken by the server' }).click()
  const issue = page.getByRole('listitem').filter({ hasText: 'Plan.txt' })
  await expect(issue).toContainText('takes no file of this size')
  expect(await seriousProblems(page)).toEqual([])

  await page.context().unroute(content)
  await issue.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('Nothing needs you')).toBeVisible()
  await expectPill(page, 'Up to date')
  const api = await signedIn(server.url)
  const [plan] = await api.list('files?name=Plan.txt')
  expect(await api.text(`files/${plan?.id}/content`)).toBe('A plan')
})
