import { signedIn } from '../api'
import { expectPill, goTo } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'
import { startServer } from '../start'

test('tasks are added, put off and completed by keyboard, offline, and undo brings one back', async ({
  page,
  server,
  folder,
}) => {
  await server.stop()
  await goTo(page, 'Tasks')
  const draft = page.getByLabel('What is to be done')
  await expect(draft).toBeVisible()
  await page.keyboard.press('n')
  await expect(draft).toBeFocused()
  await page.keyboard.type('Write to the notary')
  await page.keyboard.press('Enter')
  const today = page.getByRole('region', { name: 'Today' })
  await expect(today).toContainText('Write to the notary')
  await draft.blur()
  await page.getByLabel('Complete Write to the notary').focus()
  await page.keyboard.press('s')
  await page
    .getByRole('menuitem', { name: /Tomorrow/ })
    .first()
    .click()
  const snoozed = page.getByRole('region', { name: 'Snoozed' })
  await expect(snoozed).toContainText('Write to the notary')
  await expect(today).not.toContainText('Write to the notary')
  await page.getByLabel('Complete Renewal call').click()
  await expect(today).not.toContainText('Renewal call')
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(today).toContainText('Renewal call')
  const back = await startServer(folder('data'), server.port)
  try {
    await expectPill(page, 'Up to date')
    const api = await signedIn(back.url)
    const [task] = await api.list('activities?search=notary')
    expect(task).toMatchObject({ activity_type: 'task', status: 'scheduled' })
  } finally {
    await back.stop()
  }
})

for (const scheme of ['light', 'dark'] as const)
  test(`the task inbox is free of accessibility problems, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await goTo(page, 'Tasks')
    await page.getByLabel('Put off Renewal call').click()
    await expect(page.getByRole('menu')).toBeVisible()
    expect(await seriousProblems(page)).toEqual([])
  })
