import { signedIn } from '../api'
import { expectPill, goTo } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'
import { startLoad } from '../load'

/** More changes than the laptop is told to keep. */
const newer = 11_000

test('a laptop that keeps a part finds the rest at the server, and says when it cannot', async ({
  page,
  server,
}) => {
  test.slow()
  const tom = await signedIn(server.url, 'sales2@demo.test')
  for (const first_name of ['Zebulon', 'Meriwether'])
    await tom.post('contacts', { first_name, last_name: 'Explorer' })
  const load = await startLoad(server, { batch: 1000 })
  await expect.poll(() => load.acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(newer)
  await load.stop()
  await goTo(page, 'Contacts')
  const search = page.getByRole('textbox', { name: 'Search contacts' })
  const rows = page.getByRole('grid').getByRole('link', { name: 'Explorer' })
  await search.fill('Explorer')
  await expect(rows).toHaveCount(2)

  await goTo(page, 'Settings')
  await page.getByRole('radio', { name: 'My records and the latest 10,000 changes' }).check()
  await goTo(page, 'Contacts')
  await expect(page.getByRole('note')).toContainText('the latest 10,000 changes')
  await expect(rows).toHaveCount(0)
  expect(await seriousProblems(page)).toEqual([])

  await search.fill('Zebulon')
  await expect(page.getByText('The server was searched as well.')).toBeVisible()
  await page.getByRole('grid').getByRole('link', { name: 'Zebulon Explorer' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Zebulon Explorer' })).toBeVisible()

  await server.stop()
  await expectPill(page, /Offline/)
  await goTo(page, 'Contacts')
  await search.fill('Meriwether')
  await expect(page.getByText('Only this laptop was searched')).toBeVisible()
  await search.fill('Zebulon')
  await expect(page.getByRole('grid').getByRole('link', { name: 'Zebulon' })).toBeVisible()
})
