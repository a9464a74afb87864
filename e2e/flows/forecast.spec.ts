import { goTo } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'

test('the forecast compares with the quota and leads to the records, offline', async ({
  page,
  server,
}) => {
  await server.stop()
  await goTo(page, 'Forecast')
  const table = page.getByRole('table', { name: 'Forecast in EUR' })
  await expect(table).toContainText('Missing to quota')
  await expect(page.getByRole('table', { name: 'By owner' })).toContainText('Tom Seller')
  await table.getByRole('link').nth(1).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Opportunities' })).toBeVisible()
})

for (const scheme of ['light', 'dark'] as const)
  test(`the forecast is free of accessibility problems, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await goTo(page, 'Forecast')
    await expect(page.getByRole('table', { name: 'By owner' })).toBeVisible()
    expect(await seriousProblems(page)).toEqual([])
  })
