/** What a person does on a board, for specs. */
import { expect, type Locator, type Page } from '@playwright/test'
import { goTo } from './app-page'

/** Opens the list of a place as a board. */
export const openBoard = async (page: Page, place: string): Promise<void> => {
  await goTo(page, place)
  await page.getByTitle('Board', { exact: true }).click()
  await expect(page.getByRole('region', { name: 'New', exact: true })).toBeVisible()
}

export const column = (page: Page, stage: string): Locator =>
  page.getByRole('region', { name: stage, exact: true })

export const card = (within: Page | Locator, name: string): Locator =>
  within.getByRole('group', { name, exact: true })

/** Drags a card onto a column by mouse, in steps as a hand does. */
export const drag = async (page: Page, name: string, to: Locator): Promise<void> => {
  const from = await card(page, name).boundingBox()
  const target = await to.boundingBox()
  if (!from || !target) throw new Error('nothing to drag')
  await page.mouse.move(from.x + 60, from.y + 20)
  await page.mouse.down()
  await page.mouse.move(from.x + 80, from.y + 30, { steps: 4 })
  await page.mouse.move(target.x + target.width / 2, target.y + 120, { steps: 12 })
  await expect(to).toHaveAttribute('data-over', 'true')
  await page.mouse.up()
}

/** Carries the focused card some columns to the right by keyboard and puts it down. */
export const carry = async (page: Page, columns: number): Promise<void> => {
  await page.keyboard.press('Space')
  await expect(announcement(page)).toContainText('Picked up')
  for (let step = 0; step < columns; step += 1) {
    await carryOn(page)
  }
  await page.keyboard.press('Space')
}

/**
 * Carries what is held one step further. The library listens a moment after it says that a card
 * was picked up: a key that came before it moved nothing and is pressed again.
 */
export const carryOn = async (page: Page, key = 'ArrowRight'): Promise<void> => {
  const said = (await announcement(page).textContent()) ?? ''
  await expect(async () => {
    await page.keyboard.press(key)
    await expect(announcement(page)).not.toHaveText(said, { timeout: 3000 })
  }).toPass()
}

/** What a screen reader was told last. */
export const announcement = (page: Page): Locator => page.locator('[id^=DndLiveRegion]')
