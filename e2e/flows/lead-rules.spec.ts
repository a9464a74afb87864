import type { Page } from '@playwright/test'
import { signedIn } from '../api'
import { expectPill, goTo, openRecord } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'

// Those who sell do not change how the workspace is set up.
test.use({ who: 'manager@demo.test' })

const openSettings = async (page: Page, section: string): Promise<void> => {
  await goTo(page, 'Settings')
  await page.getByRole('link', { name: section, exact: true }).click()
  await expect(page.getByRole('heading', { level: 2, name: section })).toBeVisible()
}

test('a scoring rule counts at once, says so on the lead, and reaches the server’s list', async ({
  page,
  server,
}) => {
  const api = await signedIn(server.url)
  const [lead] = await api.list('leads?source=referral&sort=name')
  const name = String(lead?.name)
  await openSettings(page, 'Lead scoring')
  const points = page.getByLabel('Points of Referred')
  await points.fill('120')
  await points.press('Enter')
  await openRecord(page, 'Leads', name)
  const reasons = page.getByRole('list', { name: 'What the score is made of' })
  await expect(reasons).toContainText('+120 Referred')
  await expectPill(page, 'Up to date')
  await expect
    .poll(async () => (await api.list(`leads?search=${encodeURIComponent(name)}`))[0]?.score)
    .toBeGreaterThanOrEqual(105)
})

for (const scheme of ['light', 'dark'] as const)
  test(`the rules for leads are free of accessibility problems, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await openSettings(page, 'Lead scoring')
    await page.getByRole('button', { name: 'Edit Heard from lately' }).click()
    expect(await seriousProblems(page)).toEqual([])
    await openSettings(page, 'Lead assignment')
    await page.getByRole('button', { name: 'Edit Everybody in turn' }).click()
    await page.getByRole('button', { name: 'Add a condition' }).click()
    expect(await seriousProblems(page)).toEqual([])
  })
