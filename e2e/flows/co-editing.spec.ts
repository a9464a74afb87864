import { type Browser, chromium, type Page } from '@playwright/test'
import { appendNotes, notes, noteWords, openRecord, signIn } from '../app-page'
import { expect, test } from '../fixtures'
import { startServer } from '../start'

/** A colleague in a browser of their own, with the same record open. */
const colleague = async (browser: Browser, url: string): Promise<Page> => {
  const page = await (await browser.newContext()).newPage()
  await page.goto(url)
  await signIn(page, 'sales2@demo.test')
  await openRecord(page, 'Contacts', 'Jane Cooper')
  return page
}

test('two people in one record see each other, their cursors and their words as they type', async ({
  folder,
  page,
  server,
}) => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const other = await colleague(browser, server.url)
  await openRecord(page, 'Contacts', 'Jane Cooper')
  await expect(page.getByText('Tom Seller has this record open')).toHaveCount(1)
  await expect(other.getByText('Sara Sales has this record open')).toHaveCount(1)

  await appendNotes(page, ' Likes trains.')
  await expect(notes(other)).toContainText('Likes trains.')
  await expect(other.locator('.live-cursor-name')).toHaveText('Sara Sales')
  await expect(other.getByText('Sara Sales is editing')).toBeVisible()
  await appendNotes(other, ' And tunnels.')
  await expect(notes(page)).toContainText('Likes trains. And tunnels.')

  await page.getByRole('button', { name: 'Edit Job title', exact: true }).click()
  await expect(other.getByRole('status').filter({ hasText: 'Sara Sales is editing' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(other.getByText('Sara Sales is editing')).toHaveCount(0)

  await server.stop('SIGKILL')
  await expect(other.getByText('Sara Sales has this record open')).toHaveCount(0)
  await appendNotes(page, ' Written in a tunnel.')
  await appendNotes(other, ' Written in the office.')
  const again = await startServer(folder('data'), server.port)
  for (const one of [page, other]) {
    await expect(notes(one)).toContainText('Written in a tunnel.', { timeout: 30_000 })
    await expect(notes(one)).toContainText('Written in the office.', { timeout: 30_000 })
  }
  expect(await noteWords(page)).toBe(await noteWords(other))
  await page.reload()
  await expect(notes(page)).toContainText('Written in a tunnel.')
  await browser.close()
  await again.stop()
})
