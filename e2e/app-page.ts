/** What a person does in the app, for specs to read like a day's work. */
import { type ElectronApplication, expect, type Page } from '@playwright/test'

export const demoPassword = 'roadbook-demo'

/** Signs in and waits until everything has arrived. */
export const signIn = async (page: Page, email: string): Promise<void> => {
  await page.getByLabel('E-mail').fill(email)
  await page.locator('input[type=password]').fill(demoPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expectPill(page, 'Up to date')
}

/** The pill at the top right says this. */
export const expectPill = (page: Page, text: string | RegExp, timeout = 30_000): Promise<void> =>
  expect(page.locator('button[data-sync] [role=status]')).toHaveText(text, { timeout })

export const goTo = async (page: Page, place: string): Promise<void> => {
  const link = page.getByRole('navigation').getByRole('link', { name: place, exact: true })
  await link.click()
  await expect(link).toHaveAttribute('aria-current', 'page')
}

/** Opens a record from its list. */
export const openRecord = async (page: Page, place: string, name: string): Promise<void> => {
  await goTo(page, place)
  await page.getByRole('grid').getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** Changes a text field of the open record in place. */
export const editField = async (page: Page, label: string, value: string): Promise<void> => {
  await page.getByRole('button', { name: `Edit ${label}`, exact: true }).click()
  await page.getByLabel(label, { exact: true }).fill(value)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel(label, { exact: true })).toHaveCount(0)
}

export const notes = (page: Page, label = 'Notes') => page.getByRole('textbox', { name: label })

/** The notes without the names that stand at colleagues' cursors. */
export const noteWords = (page: Page): Promise<string | null> =>
  notes(page).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement
    for (const cursor of copy.querySelectorAll('.live-cursor')) cursor.remove()
    return copy.textContent
  })

/** Types at the end of the notes and waits until it is stored. */
export const appendNotes = async (page: Page, text: string): Promise<void> => {
  await notes(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
}

/** The app's first window, ready to be used. */
export const firstWindow = async (app: ElectronApplication): Promise<Page> => {
  const page = await app.firstWindow()
  await page.waitForLoadState()
  return page
}
