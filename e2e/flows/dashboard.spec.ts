import { signedIn } from '../api'
import { goTo } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'

test('the dashboard leads from a figure and from a bar to the very records', async ({ page }) => {
  await goTo(page, 'Home')
  const quota = page.getByRole('link', { name: /My quota/ })
  await expect(quota).toContainText('of €')
  await page.getByRole('radiogroup', { name: 'Whose records' }).getByText('Everyone').click()
  const open = page.getByRole('link', { name: /Open opportunities/ })
  await expect(open).toContainText('5 open')
  await open.click()
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '6')
  await goTo(page, 'Home')
  await page.getByRole('radiogroup', { name: 'Whose records' }).getByText('Everyone').click()
  await page
    .getByRole('region', { name: 'Pipeline' })
    .getByRole('link', { name: /Proposal/ })
    .click()
  await expect(page.getByRole('grid').getByRole('link').first()).toBeVisible()
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2')
})

test('what was put off is not due, and is not in the list behind the figure', async ({
  page,
  server,
}) => {
  const sara = await signedIn(server.url)
  const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  const plan = (subject: string, more: object) =>
    sara.post('activities', { activity_type: 'task', subject, owner_id: sara.userId, ...more })
  await goTo(page, 'Home')
  const due = page.getByRole('link', { name: /Due today/ })
  const count = async () => Number(await due.locator('span').nth(1).textContent())
  await expect(due).toContainText(/overdue/i)
  const before = await count()
  await plan('Put off to next week', { due_date: at(-1), snoozed_until: at(7) })
  await plan('Still to be done', { due_date: at(-1) })
  await expect.poll(count).toBe(before + 1)
  await due.click()
  const grid = page.getByRole('grid')
  await expect(grid.getByRole('link', { name: 'Still to be done' })).toBeVisible()
  await expect(grid.getByRole('link', { name: 'Put off to next week' })).toHaveCount(0)
})

test.describe('whoever runs the team', () => {
  test.use({ who: 'manager@demo.test' })

  test('a quota changed offline shows on the dashboard', async ({ page, server }) => {
    await server.stop()
    await goTo(page, 'Settings')
    await page.getByRole('link', { name: 'Quotas', exact: true }).click()
    expect(await seriousProblems(page)).toEqual([])
    const month = new Date().toISOString().slice(0, 7)
    for (const [who, target] of [
      ['Sara', '123000'],
      ['Tom', '77000'],
    ] as const) {
      const amount = page.getByLabel(`Amount of ${month}, ${who}`)
      await amount.fill(target)
      await amount.press('Enter')
    }
    await goTo(page, 'Home')
    await page.getByRole('radiogroup', { name: 'Whose records' }).getByText('Everyone').click()
    await expect(page.getByRole('link', { name: /[Qq]uota/ })).toContainText('of €200,000')
  })
})
