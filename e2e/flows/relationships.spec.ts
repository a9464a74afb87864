import { signedIn } from '../api'
import { expectPill, openRecord } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'
import { startServer } from '../start'

test('relationships are added on the map of an account, told from the other end, and taken back, offline', async ({
  page,
  server,
  folder,
}) => {
  await server.stop()
  await openRecord(page, 'Accounts', 'Acme Corp')
  await page.getByRole('tab', { name: 'Relationships' }).click()
  const map = page.getByLabel('Map of people and companies')
  await expect(map.getByRole('link', { name: /Acme Corp/ })).toBeVisible()
  const ties = page.getByRole('list', { name: 'Relationships' })
  await expect(ties.getByRole('listitem')).toHaveCount(1)

  await page.getByRole('button', { name: 'Add relationship' }).click()
  const dialog = page.getByRole('dialog', { name: 'Relationship of Acme Corp' })
  await dialog.getByRole('radio', { name: 'Company' }).check({ force: true })
  await dialog.getByRole('combobox', { name: 'Acme Corp …' }).click()
  await page.getByRole('option', { name: 'is supplied by' }).click()
  await dialog.getByRole('textbox', { name: 'Company' }).fill('MedHealth')
  await page.getByRole('option', { name: 'MedHealth' }).click()
  await dialog.getByLabel('Role').fill('First aid')
  await dialog.getByLabel('Since').fill('2026-01-01')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(ties.getByRole('listitem')).toHaveCount(2)
  await expect(ties).toContainText('is supplied by')
  await expect(ties).toContainText('since')

  await map.getByRole('link', { name: /MedHealth/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'MedHealth' })).toBeVisible()
  await page.getByRole('tab', { name: 'Relationships' }).click()
  await expect(page.getByRole('list', { name: 'Relationships' })).toContainText('supplies')
  await page.getByRole('button', { name: 'Remove the relationship with Acme Corp' }).click()
  await expect(page.getByText('No relationships yet')).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(page.getByRole('list', { name: 'Relationships' })).toContainText('Acme Corp')

  const back = await startServer(folder('data'), server.port)
  try {
    await expectPill(page, 'Up to date')
    const api = await signedIn(back.url)
    const [tie] = await api.list('relationships?role=First aid')
    expect(tie).toMatchObject({ relationship_type: 'supplier_of', since: '2026-01-01' })
  } finally {
    await back.stop()
  }
})

for (const scheme of ['light', 'dark'] as const)
  test(`the map of relationships is free of accessibility problems, ${scheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await openRecord(page, 'Accounts', 'Acme Corp')
    await page.getByRole('tab', { name: 'Relationships' }).click()
    await expect(page.getByLabel('Map of people and companies')).toBeVisible()
    expect(await seriousProblems(page)).toEqual([])
  })
