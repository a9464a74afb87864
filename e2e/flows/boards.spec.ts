import { signedIn } from '../api'
import { expectPill, goTo } from '../app-page'
import { seriousProblems } from '../axe'
import { announcement, card, carry, carryOn, column, drag, openBoard } from '../board-page'
import { expect, test } from '../fixtures'
import { startServer } from '../start'

const edu = 'EduLearn: campus licence'
const acme = 'Acme: renewal and 40 seats more'

test('a card is dragged to another stage by mouse, counted there, and taken back', async ({
  page,
}) => {
  await openBoard(page, 'Opportunities')
  await expect(card(column(page, 'New'), edu)).toBeVisible()
  await drag(page, edu, column(page, 'Proposal'))
  await expect(card(column(page, 'Proposal'), edu)).toBeVisible()
  await expect(card(column(page, 'New'), edu)).toHaveCount(0)
  await expect(column(page, 'Proposal').locator('header')).toContainText('2')
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(card(column(page, 'New'), edu)).toBeVisible()
  await expect(card(column(page, 'Proposal'), edu)).toHaveCount(0)
})

test('cards are walked over, carried and opened by keyboard alone, and each step is said', async ({
  page,
}) => {
  await openBoard(page, 'Opportunities')
  await card(page, edu).focus()
  await carry(page, 2)
  await expect(card(column(page, 'Proposal'), edu)).toBeFocused()
  await expect(announcement(page)).toHaveText(`Put ${edu} down in Proposal.`)
  await page.keyboard.press('Space')
  await expect(announcement(page)).toHaveText(`Picked up ${edu}.`)
  await carryOn(page)
  await expect(announcement(page)).toHaveText(`${edu} is over Negotiation.`)
  await page.keyboard.press('Escape')
  await expect(announcement(page)).toHaveText(`${edu} stays where it was.`)
  await expect(card(column(page, 'Proposal'), edu)).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(card(page, acme)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: acme })).toBeVisible()
})

test('a lost stage asks for the reason, a won one for amount and day', async ({ page }) => {
  await openBoard(page, 'Opportunities')
  await drag(page, edu, page.getByRole('button', { name: 'Unfold Lost' }))
  const lost = page.getByRole('dialog', { name: `${edu} is lost` })
  await lost.getByRole('button', { name: 'No budget' }).click()
  expect(await seriousProblems(page)).toEqual([])
  await lost.getByRole('button', { name: 'Mark lost' }).click()
  await page.getByRole('button', { name: 'Unfold Lost' }).click()
  await card(column(page, 'Lost'), edu).click()
  const preview = page.getByRole('complementary', { name: 'Preview' })
  await expect(preview.getByText('No budget')).toBeVisible()
  await preview.getByRole('button', { name: 'Close the preview' }).click()

  await drag(page, acme, page.getByRole('button', { name: 'Unfold Won' }))
  const won = page.getByRole('dialog', { name: `${acme} is won` })
  await expect(won.getByLabel('Amount')).toHaveValue('86,400')
  await won.getByLabel('Amount').fill('90000')
  await won.getByRole('button', { name: 'Mark won' }).click()
  await page.getByRole('button', { name: 'Unfold Won' }).click()
  await expect(card(column(page, 'Won'), acme)).toContainText('€90,000')
})

test('a stage that requires a field asks for exactly that', async ({ page, server }) => {
  const api = await signedIn(server.url, 'manager@demo.test')
  const [qualified] = await api.list('stages?name=Qualified')
  const required_fields = [{ field: 'closeDate' }, { field: 'source' }, { field: 'wonReason' }]
  await api.patch(`stages/${qualified?.id}`, { required_fields })
  await openBoard(page, 'Opportunities')
  await expectPill(page, 'Up to date')
  await drag(page, edu, column(page, 'Qualified'))
  const dialog = page.getByRole('dialog', { name: `Move ${edu} to Qualified` })
  await expect(dialog.getByLabel('Expected close')).toHaveCount(0)
  await page.getByRole('option', { name: 'Referral' }).click()
  await dialog.getByRole('button', { name: 'Move' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('is required in this stage')
  await dialog.getByLabel('Won reason').fill('They know us')
  await page.keyboard.press('Enter')
  await expect(card(column(page, 'Qualified'), edu)).toBeVisible()
})

test('boards work offline, and the server hears of it afterwards', async ({
  page,
  server,
  folder,
}) => {
  await openBoard(page, 'Leads')
  await server.stop('SIGKILL')
  await expectPill(page, /^Offline/)
  const name = 'Fleet app for Nordic Freight'
  await drag(page, name, column(page, 'Proposal'))
  await expect(card(column(page, 'Proposal'), name)).toBeVisible()
  await column(page, 'New').getByRole('button', { name: 'Add lead to New' }).click()
  await page.getByPlaceholder('Name, then Enter').fill('Met on the train')
  await page.keyboard.press('Enter')
  await expect(card(column(page, 'New'), 'Met on the train')).toBeVisible()
  await expectPill(page, /Offline, \d changes saved here/)
  const again = await startServer(folder('data'), server.port)
  await expectPill(page, 'Up to date')
  await page.reload()
  await expect(card(column(page, 'Proposal'), name)).toBeVisible()
  await expect(card(column(page, 'New'), 'Met on the train')).toBeVisible()
  await again.stop()
})

for (const scheme of ['light', 'dark'] as const)
  test(`boards and the way through the stages are free of accessibility problems, ${scheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    for (const place of ['Leads', 'Opportunities']) {
      await openBoard(page, place)
      await expect(page.locator('[data-card]').first()).toBeVisible()
      expect(await seriousProblems(page)).toEqual([])
    }
    await page.locator('[data-card]').first().focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('navigation', { name: 'Stages' })).toBeVisible()
    expect(await seriousProblems(page)).toEqual([])
    await goTo(page, 'Leads')
  })
