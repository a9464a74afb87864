import type { Page } from '@playwright/test'
import { signedIn } from '../api'
import { expectPill, goTo } from '../app-page'
import { seriousProblems } from '../axe'
import { announcement, card, carryOn, column, openBoard } from '../board-page'
import { expect, test } from '../fixtures'

// Those who sell do not change how the workspace is set up.
test.use({ who: 'manager@demo.test' })

const openPipelines = async (page: Page): Promise<void> => {
  await goTo(page, 'Settings')
  await page.getByRole('link', { name: 'Pipelines', exact: true }).click()
  await expect(page.getByLabel('Name of the pipeline')).toHaveValue('Sales Pipeline')
}

const stageNames = (page: Page) =>
  page
    .getByLabel('Name of the stage')
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))

const order = ['New', 'Qualified', 'Proposal', 'Negotiation', 'Won', 'Lost']

test('a stage with records is deleted only after choosing where they go, and undo brings all back', async ({
  page,
  server,
}) => {
  await openPipelines(page)
  await page.getByRole('button', { name: 'Delete Negotiation' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete Negotiation' })
  await expect(dialog).toContainText('In Negotiation: 1 opportunity.')
  expect(await seriousProblems(page)).toEqual([])
  await dialog.getByRole('combobox', { name: 'They go to' }).click()
  await page.getByRole('option', { name: 'Proposal' }).click()
  await dialog.getByRole('button', { name: 'Move and delete' }).click()
  await expect.poll(() => stageNames(page)).toEqual(order.filter((name) => name !== 'Negotiation'))
  await expectPill(page, 'Up to date')
  const api = await signedIn(server.url)
  const [deal] = await api.list('opportunities?search=Acme')
  const [proposal] = await api.list('stages?name=Proposal')
  expect(deal?.stage_id).toBe(proposal?.id)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect.poll(() => stageNames(page)).toEqual(order)
  await openBoard(page, 'Opportunities')
  await expect(card(column(page, 'Negotiation'), 'Acme: renewal and 40 seats more')).toBeVisible()
})

test('stages are added, renamed and put in order by keyboard; the board follows', async ({
  page,
}) => {
  await openPipelines(page)
  await page.getByRole('button', { name: 'Add stage' }).click()
  await expect
    .poll(() => stageNames(page))
    .toEqual([...order.slice(0, 4), 'New stage', 'Won', 'Lost'])
  await page.getByLabel('Name of the stage').nth(4).fill('Legal')
  await page.keyboard.press('Enter')
  const grip = page.getByRole('button', { name: 'Move Legal' })
  await grip.focus()
  await page.keyboard.press('Space')
  await expect(announcement(page)).toContainText('Picked up')
  await carryOn(page, 'ArrowUp')
  await carryOn(page, 'ArrowUp')
  await page.keyboard.press('Space')
  await expect
    .poll(() => stageNames(page))
    .toEqual(['New', 'Qualified', 'Legal', 'Proposal', 'Negotiation', 'Won', 'Lost'])
  await openBoard(page, 'Opportunities')
  await expect(column(page, 'Legal')).toBeVisible()
})

test('a pipeline is added with stages, emptied, explained, and deleted', async ({ page }) => {
  await openPipelines(page)
  await page.getByRole('button', { name: 'Add pipeline' }).click()
  await expect(page.getByLabel('Name of the pipeline')).toHaveValue('New pipeline')
  await expect.poll(() => stageNames(page)).toEqual(['New', 'Qualified', 'Proposal', 'Won', 'Lost'])
  for (const name of ['New', 'Qualified', 'Proposal', 'Won', 'Lost'])
    await page.getByRole('button', { name: `Delete ${name}`, exact: true }).click()
  await expect(page.getByText('This pipeline has no stages')).toBeVisible()
  expect(await seriousProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Add the usual stages' }).click()
  await expect(page.getByLabel('Name of the stage')).toHaveCount(5)
  await page.getByRole('button', { name: 'Delete pipeline' }).click()
  await expect(page.getByLabel('Name of the pipeline')).toHaveValue('Sales Pipeline')
  await expect(page.getByRole('button', { name: 'Delete pipeline' })).toBeDisabled()
})

for (const scheme of ['light', 'dark'] as const)
  test(`the settings of pipelines are free of accessibility problems, ${scheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await openPipelines(page)
    await page.getByRole('button', { name: 'Details of Proposal' }).click()
    await page.getByRole('button', { name: 'Add a condition' }).click()
    expect(await seriousProblems(page)).toEqual([])
  })
