import { signedIn } from '../api'
import { expectPill, goTo } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'

test.use({ who: 'owner@demo.test' })

test('a price list is made, filled and made the default, and new quotes begin with it', async ({
  page,
  server,
}) => {
  await goTo(page, 'Settings')
  await page.getByRole('link', { name: 'Price lists', exact: true }).click()
  await page.getByRole('button', { name: 'Add a price list' }).click()
  const name = page.getByLabel('Name of the price list')
  await expect(name).toHaveValue('New price list')
  await name.fill('Partners 2027')
  await name.press('Enter')
  await page.getByLabel('Add a product to the list').click()
  await page.getByRole('option').first().click()
  const price = page.getByLabel(/^Price of .+ from 1 on$/)
  await expect(price).not.toHaveValue('')
  await price.fill('12.30')
  await price.press('Enter')
  await page.getByLabel('Add a product to the list').click()
  await page.getByRole('option').first().click()
  await expect(page.getByLabel(/^Price of .+ from 10 on$/)).toBeVisible()
  await page.getByRole('switch', { name: 'Default' }).click()
  await expect(page.getByText(/^New quotes in \w+ begin with this list\.$/)).toBeVisible()
  expect(await seriousProblems(page)).toEqual([])
  await expectPill(page, 'Up to date')
  const api = await signedIn(server.url)
  const [list] = await api.list('price-lists?name=Partners 2027')
  expect(list).toMatchObject({ is_default: true })
  const prices = await api.list(`prices?price_list_id=${list?.id}&sort=min_quantity`)
  expect(prices).toMatchObject([{ unit_price: 12.3, min_quantity: 1 }, { min_quantity: 10 }])
  const quote = await api.post('quotes', { title: 'Offer' })
  expect(quote.price_list_id).toBe(list?.id)
})

test('who joins a team stands in it, and a deleted team comes back with its people', async ({
  page,
  server,
}) => {
  await goTo(page, 'Settings')
  await page.getByRole('link', { name: 'Teams', exact: true }).click()
  await page.getByRole('button', { name: 'Add a team' }).click()
  const name = page.getByLabel('Name of the team')
  await expect(name).toHaveValue('New team')
  await name.fill('North')
  await name.press('Enter')
  await expect(page.getByText('Nobody is in this team yet.')).toBeVisible()
  await page.getByRole('combobox', { name: 'Add a person' }).click()
  await page.getByRole('option', { name: 'Tom' }).click()
  const people = page.getByRole('list', { name: 'People' })
  await expect(people.getByRole('listitem')).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'North 1 person' })).toBeVisible()
  expect(await seriousProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Delete team' }).click()
  await expect(page.getByRole('button', { name: 'North 1 person' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(page.getByRole('button', { name: 'North 1 person' })).toBeVisible()
  await expectPill(page, 'Up to date')
  const api = await signedIn(server.url)
  const [north] = await api.list('teams?name=North')
  expect(await api.list(`team-members?team_id=${north?.id}`)).toHaveLength(1)
})
