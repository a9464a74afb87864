import { goTo } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'

test('the calendar shows what is planned, plans anew by dragging, offline, and undo puts it back', async ({
  page,
  server,
}) => {
  await server.stop()
  await goTo(page, 'Calendar')
  await page.getByRole('tab', { name: 'Day', exact: true }).click()
  const call = page.getByRole('button', { name: /Renewal call/ })
  await expect(call).toBeVisible()
  const before = await call.boundingBox()
  await call.dragTo(page.getByRole('button', { name: /^Time.*11:00:00/ }).first())
  await expect(page.getByText('Planned Renewal call anew')).toBeVisible()
  await expect.poll(async () => (await call.boundingBox())?.y).not.toBe(before?.y)
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect.poll(async () => (await call.boundingBox())?.y).toBe(before?.y)
  await call.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Renewal call' })).toBeVisible()
})

test('a link to subscribe to is made, read by anybody who has it, and ended', async ({ page }) => {
  await goTo(page, 'Settings')
  await page.getByRole('link', { name: 'Calendar link', exact: true }).click()
  await page.getByRole('button', { name: 'Make a link' }).click()
  const address = await page.getByLabel('Subscribe to this address').inputValue()
  expect(await (await fetch(address)).text()).toContain('SUMMARY:Renewal call')
  expect(await seriousProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'End the link' }).click()
  await expect(page.getByRole('button', { name: 'Make a link' })).toBeVisible()
  expect((await fetch(address)).status).toBe(404)
})

/** The calendar component names the heads of days by their whole date; on screen there is room for less. */
const isDayHead = (problem: string): boolean =>
  problem.startsWith('label-content-name-mismatch') && problem.includes('weekViewDayLabel')

for (const scheme of ['light', 'dark'] as const)
  test(`the calendar is free of accessibility problems, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await goTo(page, 'Calendar')
    for (const view of ['Week', 'Month', 'Day']) {
      await page.getByRole('tab', { name: view, exact: true }).click()
      await expect(page.getByRole('button', { name: /Renewal call/ }).first()).toBeVisible()
      const found = await seriousProblems(page)
      expect(found.filter((problem) => !isDayHead(problem))).toEqual([])
    }
  })
