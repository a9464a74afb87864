import { signedIn } from '../api'
import { expectPill, goTo, openRecord } from '../app-page'
import { seriousProblems } from '../axe'
import { card, column, drag, openBoard } from '../board-page'
import { expect, test } from '../fixtures'
import { startServer } from '../start'

const fleet = 'Fleet app for Nordic Freight'

const convertButton = { name: 'Convert lead', exact: true } as const

test('a lead becomes contact, account and opportunity, and undo takes all of it back', async ({
  page,
  server,
}) => {
  await openRecord(page, 'Leads', fleet)
  await page.getByRole('button', convertButton).click()
  const dialog = page.getByRole('dialog', { name: `Convert ${fleet}` })
  await expect(dialog.getByRole('region', { name: 'Contact' })).toContainText('Ingrid')
  await expect(dialog.getByRole('region', { name: 'Account' })).toContainText('Nordic Freight')
  await expect(dialog.getByLabel('Stage', { exact: true })).toHaveValue('New')
  expect(await seriousProblems(page)).toEqual([])
  await dialog.getByLabel('Amount').fill('51000')
  await dialog.getByRole('button', convertButton).click()
  await expect(page.getByRole('navigation', { name: 'Stages' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Mark won' })).toBeVisible()
  await expect(page.getByText('€51,000.00').first()).toBeVisible()
  await expectPill(page, 'Up to date')
  const api = await signedIn(server.url)
  const [lead] = await api.list(`leads?name=${encodeURIComponent(fleet)}`)
  expect(lead).toMatchObject({ status: 'converted' })
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByText('Opportunity deleted')).toBeVisible()
  await expectPill(page, 'Up to date')
  const [back] = await api.list(`leads?name=${encodeURIComponent(fleet)}`)
  expect(back).toMatchObject({ status: 'new', converted_at: null, converted_contact_id: null })
  expect(await api.list('accounts?name=Nordic+Freight')).toEqual([])
  expect(await api.list('contacts?email=ingrid@nordicfreight.example')).toEqual([])
  await openRecord(page, 'Leads', fleet)
  await expect(page.getByRole('button', convertButton)).toBeVisible()
})

test('people and companies that are there already are found and chosen', async ({
  page,
  server,
}) => {
  const api = await signedIn(server.url)
  const [jane] = await api.list('contacts?last_name=Cooper')
  const name = 'Second site'
  await api.post('leads', {
    name,
    contact_name: 'Jane Cooper',
    email: String(jane?.email).toUpperCase(),
    company_name: 'ACME Corp.',
  })
  await openRecord(page, 'Leads', name)
  await page.getByRole('button', convertButton).click()
  const dialog = page.getByRole('dialog', { name: `Convert ${name}` })
  await expect(dialog.getByRole('textbox', { name: 'Which contact' })).toHaveValue('Jane Cooper')
  await expect(dialog.getByRole('textbox', { name: 'Which account' })).toHaveValue('Acme Corp')
  await dialog
    .getByRole('radiogroup', { name: 'What becomes of the Opportunity' })
    .getByText('None')
    .click()
  await dialog.getByRole('button', convertButton).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Jane Cooper' })).toBeVisible()
  await openRecord(page, 'Leads', name)
  await expect(page.getByText(/^Converted .* to$/)).toBeVisible()
  await expect(page.getByRole('button', convertButton)).toHaveCount(0)
  expect(await api.list('contacts?last_name=Cooper')).toHaveLength(1)
})

test('a lead dropped on the won stage is converted offline, and the server hears of it', async ({
  page,
  server,
  folder,
}) => {
  await openBoard(page, 'Leads')
  await server.stop('SIGKILL')
  await expectPill(page, /^Offline/)
  await drag(page, fleet, page.getByRole('button', { name: 'Unfold Won' }))
  const dialog = page.getByRole('dialog', { name: `Convert ${fleet}` })
  await dialog.getByRole('button', convertButton).click()
  await expect(page.getByRole('button', { name: 'Mark won' })).toBeVisible()
  await expectPill(page, /Offline, \d+ changes saved here/)
  const again = await startServer(folder('data'), server.port)
  await expectPill(page, 'Up to date')
  const api = await signedIn(again.url)
  const [deal] = await api.list(`opportunities?name=${encodeURIComponent(fleet)}`)
  const [lead] = await api.list(`leads?name=${encodeURIComponent(fleet)}`)
  expect(lead).toMatchObject({ status: 'converted', converted_opportunity_id: deal?.id })
  expect(await api.list(`stage-changes?opportunity_id=${deal?.id}`)).toHaveLength(1)
  await again.stop()
})

test('a lead can be moved to the won stage without converting it', async ({ page }) => {
  await openBoard(page, 'Leads')
  await drag(page, fleet, page.getByRole('button', { name: 'Unfold Won' }))
  await page.getByRole('button', { name: 'Move without converting' }).click()
  await page.getByRole('button', { name: 'Unfold Won' }).click()
  await expect(card(column(page, 'Won'), fleet)).toBeVisible()
  await goTo(page, 'Opportunities')
  await expect(page.getByRole('grid').getByRole('link', { name: fleet })).toHaveCount(0)
})

test('the create form knows people who are there already, and leads to them', async ({ page }) => {
  await goTo(page, 'Leads')
  await page.getByRole('button', { name: 'Add lead', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'New lead' })
  await form.getByLabel('Name', { exact: true }).fill('Another site')
  await form.getByLabel('E-mail').fill('jane.cooper@acme.example')
  await form.getByLabel('Company').fill('ACME Corporation')
  await expect(form.getByText('Jane Cooper')).toBeVisible()
  await expect(form.getByText(/same e-mail/)).toBeVisible()
  expect(await seriousProblems(page)).toEqual([])
  await form.getByRole('link', { name: 'Jane Cooper' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Jane Cooper' })).toBeVisible()
})

test('the palette offers what can be done with the open lead', async ({ page }) => {
  await openRecord(page, 'Leads', fleet)
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Search records, or type what to do').fill('convert lead')
  await page.getByRole('button', { name: `Convert lead: ${fleet}` }).click()
  await expect(page.getByRole('dialog', { name: `Convert ${fleet}` })).toBeVisible()
})
