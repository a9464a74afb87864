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
