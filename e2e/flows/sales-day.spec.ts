import type { Page } from '@playwright/test'
import { signedIn } from '../api'
import { expectPill, goTo } from '../app-page'
import { expect, test } from '../fixtures'
import { startServer } from '../start'

const name = 'Trucks for Halden Logistics'

const createLead = async (page: Page): Promise<void> => {
  await goTo(page, 'Leads')
  await page.keyboard.press('c')
  const form = page.getByRole('dialog', { name: 'New lead' })
  await form.getByLabel('Name', { exact: true }).fill(name)
  await form.getByLabel('Contact name').fill('Liv Halden')
  await form.getByLabel('Company').fill('Halden Logistics')
  await form.getByLabel('E-mail').fill('liv@halden.example')
  await form.getByLabel('Phone').fill('+47 22 12 34 56')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('grid').getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

const callAndQualify = async (page: Page): Promise<void> => {
  await expect(page.getByRole('link', { name: `Call ${name}` })).toHaveAttribute(
    'href',
    'tel:+4722123456',
  )
  await page.getByRole('radiogroup', { name: 'Kind of activity' }).getByText('Call').click()
  await page.getByPlaceholder('Who picked up, what was said').fill('Liv wants twelve by June')
  await page.getByRole('button', { name: 'Log', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText(
    'Liv wants twelve by June',
  )
  await page.getByRole('button', { name: 'Edit Status', exact: true }).click()
  await page.getByRole('combobox', { name: 'Status', exact: true }).click()
  await page.getByRole('option', { name: 'Qualified', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Edit Status', exact: true })).toBeVisible()
}

const convert = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Convert lead', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `Convert ${name}` })
  await dialog.getByLabel('Amount').fill('48000.50')
  await dialog.getByRole('button', { name: 'Convert lead', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Mark won' })).toBeVisible()
  await expect(page.getByText('€48,000.50').first()).toBeVisible()
}

const quote = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'New quote' }).click()
  await page.waitForURL(/\/quotes\//)
  await page.getByRole('button', { name: 'Add a line' }).click()
  await page.getByLabel('Product of line 1').fill('Headset')
  await page.getByRole('option', { name: 'Headset' }).click()
  const price = page.getByLabel('Unit price of line 1')
  await expect(price).toHaveValue('129.00')
  await page.getByLabel('Quantity of line 1').fill('12')
  await page.getByLabel('Quantity of line 1').press('Enter')
  await page.getByRole('button', { name: 'Mark as sent' }).click()
  await page.getByRole('button', { name: 'Mark accepted' }).click()
  await page.getByRole('button', { name: 'Use as its amount' }).click()
  await expect(page.getByRole('button', { name: 'Use as its amount' })).toBeHidden()
}

const moveAndWin = async (page: Page): Promise<void> => {
  await goTo(page, 'Opportunities')
  await page.getByTitle('Table', { exact: true }).click()
  await page.getByRole('grid').getByRole('link', { name }).click()
  const stages = page.getByRole('navigation', { name: 'Stages' })
  await stages.getByRole('button', { name: /^Proposal/ }).click()
  await expect(stages.locator('[aria-current=step]')).toHaveText('Proposal')
  await page.getByRole('button', { name: 'Mark won' }).click()
  const won = page.getByRole('dialog', { name: `${name} is won` })
  await won.getByRole('button', { name: 'Mark won' }).click()
  await expect(stages.locator('[aria-current=step]')).toHaveText('Won')
}

const day = async (page: Page): Promise<void> => {
  await createLead(page)
  await callAndQualify(page)
  await convert(page)
  await quote(page)
  await moveAndWin(page)
}

/** What the server has of the day, as everybody else sees it. */
const expectDay = async (url: string): Promise<void> => {
  const api = await signedIn(url, 'manager@demo.test')
  const search = encodeURIComponent(name)
  const [lead] = await api.list(`leads?name=${search}`)
  expect(lead).toMatchObject({ status: 'converted', phone: '+4722123456' })
  const [deal] = await api.list(`opportunities?name=${search}`)
  const [accepted] = await api.list(`quotes?opportunity_id=${deal?.id}`)
  expect(deal).toMatchObject({ amount: accepted?.total, currency: 'EUR' })
  expect(await api.get(`stages/${deal?.stage_id}`)).toMatchObject({ name: 'Won' })
  expect(accepted).toMatchObject({ status: 'accepted', number: expect.stringMatching(/^Q-/) })
  const moves = await api.list(`stage-changes?opportunity_id=${deal?.id}`)
  expect(moves).toHaveLength(3)
  const calls = await api.list(`activities?lead_id=${lead?.id}&activity_type=call`)
  expect(calls).toMatchObject([{ subject: 'Liv wants twelve by June' }])
  expect(await api.list('contacts?email=liv@halden.example')).toHaveLength(1)
  expect(await api.list('accounts?name=Halden+Logistics')).toHaveLength(1)
}

test('a sales day goes from a lead to a won opportunity', async ({ page, server }) => {
  await day(page)
  await expectPill(page, 'Up to date')
  await expectDay(server.url)
})

test('a sales day goes the same way without a network, and the server hears of all of it', async ({
  page,
  server,
  folder,
}) => {
  await server.stop('SIGKILL')
  await expectPill(page, /^Offline/)
  await day(page)
  await expectPill(page, /Offline, \d+ changes saved here/)
  const again = await startServer(folder('data'), server.port)
  await expectPill(page, 'Up to date')
  await expectDay(again.url)
  await again.stop()
})
