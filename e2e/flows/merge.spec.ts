import { signedIn } from '../api'
import { expectPill, goTo } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'

test('two contacts become one with all that belonged to both, and undo parts them again', async ({
  page,
  server,
}) => {
  const api = await signedIn(server.url)
  const [jane] = await api.list('contacts?search=Jane Cooper')
  const [robert] = await api.list('contacts?search=Robert Fox')
  const dealsOf = async (id: unknown) => (await api.list(`opportunities?contact_id=${id}`)).length
  const [before, moved] = [await dealsOf(jane?.id), await dealsOf(robert?.id)]
  expect(moved).toBeGreaterThan(0)
  await goTo(page, 'Contacts')
  for (const name of ['Jane Cooper', 'Robert Fox'])
    await page.getByRole('row', { name }).getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /Jane Cooper/ }).click()
  await dialog
    .getByRole('row', { name: /Job title/ })
    .getByRole('radio')
    .nth(1)
    .click()
  expect(await seriousProblems(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
  await expect(page.getByRole('grid').getByRole('link', { name: 'Robert Fox' })).toHaveCount(0)
  await expectPill(page, 'Up to date')
  await expect.poll(() => dealsOf(jane?.id)).toBe(before + moved)
  const [merged] = await api.list('contacts?search=Jane Cooper')
  expect(merged?.job_title).toBe(robert?.job_title)
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(page.getByRole('grid').getByRole('link', { name: 'Robert Fox' })).toBeVisible()
  await expect.poll(() => dealsOf(robert?.id)).toBe(moved)
})
