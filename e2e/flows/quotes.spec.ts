import type { Page } from '@playwright/test'
import { expectPill, goTo, openRecord } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'
import { startServer } from '../start'

/** What the page gives the user to keep, as text. The stand-in for Electron has no downloads. */
const savedFile = async (page: Page, save: () => Promise<void>): Promise<string> => {
  const saved = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const make = URL.createObjectURL
        URL.createObjectURL = (blob) => {
          if (blob instanceof Blob) void blob.text().then(resolve)
          URL.createObjectURL = make
          return make(blob)
        }
      }),
  )
  await save()
  return saved
}

test('a quote is made from an opportunity offline, printed, agreed on, and gets its number', async ({
  page,
  server,
  folder,
}) => {
  await server.stop()
  await openRecord(page, 'Opportunities', 'Global Industries: dispatch teams')
  await page.getByRole('button', { name: 'New quote' }).click()
  await expect(page).toHaveURL(/\/quotes\//)
  await page.getByRole('button', { name: 'Add a line' }).click()
  await page.getByLabel('Product of line 1').fill('Headset')
  await page.getByRole('option', { name: 'Headset' }).click()
  const price = page.getByLabel('Unit price of line 1')
  await expect(price).toHaveValue('129.00')
  const quantity = page.getByLabel('Quantity of line 1')
  await quantity.fill('10')
  await quantity.press('Enter')
  const discount = page.getByLabel('Discount on the whole')
  await discount.fill('10')
  await discount.press('Enter')
  await expect(page.getByText('€1,381.59').first()).toBeVisible()
  const pdf = await savedFile(page, () => page.getByRole('button', { name: 'Save as PDF' }).click())
  expect(pdf.slice(0, 5)).toBe('%PDF-')
  await page.getByRole('button', { name: 'Mark as sent' }).click()
  await page.getByRole('button', { name: 'Mark accepted' }).click()
  await page.getByRole('button', { name: 'Use as its amount' }).click()
  await expect(page.getByRole('button', { name: 'Use as its amount' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Add a line' })).toBeHidden()
  const back = await startServer(folder('data'), server.port)
  try {
    await expectPill(page, 'Up to date')
    await expect(page.getByText(/^Q-\d{4}-\d{4}$/).first()).toBeVisible()
  } finally {
    await back.stop()
  }
})

for (const scheme of ['light', 'dark'] as const)
  test(`a quote is free of accessibility problems, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await openRecord(page, 'Quotes', 'Dispatch teams, first phase')
    await expect(page.getByLabel('Quantity of line 3')).toBeVisible()
    expect(await seriousProblems(page)).toEqual([])
    await goTo(page, 'Products')
  })
