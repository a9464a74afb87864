import type { Page } from '@playwright/test'
import { firstWindow, goTo, signIn } from '../app-page'
import { expect, test } from '../fixtures'
import { launchApp } from '../start'

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

const select = async (page: Page, ...names: string[]): Promise<void> => {
  for (const name of names) await page.getByLabel(`Select ${name}`, { exact: true }).check()
  await expect(page.getByText(`${names.length} selected`)).toBeVisible()
}

const undo = async (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Undo', exact: true }).last().click()

test('many records are given away, tagged, changed and deleted at once, offline, and each is undone', async ({
  page,
  server,
}) => {
  await server.stop()
  await goTo(page, 'Contacts')
  const [jane, robert] = ['Jane Cooper', 'Robert Fox']

  await select(page, jane, robert)
  await page.getByRole('button', { name: 'Assign' }).click()
  await page.getByRole('textbox', { name: 'Assign' }).fill('Mia')
  await page.getByRole('option', { name: 'Mia' }).click()
  for (const name of [jane, robert]) await expect(row(page, name)).toContainText('Mia')
  await undo(page)
  for (const name of [jane, robert]) await expect(row(page, name)).not.toContainText('Mia')

  await select(page, jane, robert)
  await page.getByRole('button', { name: 'Tag', exact: true }).click()
  await page.getByRole('combobox', { name: 'Tag' }).fill('Partner')
  await page.getByRole('option', { name: 'Partner' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Apply' }).click()
  for (const name of [jane, robert]) await expect(row(page, name)).toContainText('Partner')
  await undo(page)
  await expect(row(page, robert)).not.toContainText('Partner')

  await select(page, jane, robert)
  await page.getByRole('button', { name: 'Set a field' }).click()
  const fields = page.getByRole('dialog', { name: 'Set a field' })
  await fields.getByRole('button', { name: 'Job title' }).click()
  await fields.getByRole('textbox').fill('Buyer')
  await fields.getByRole('button', { name: 'Apply' }).click()
  for (const name of [jane, robert]) await expect(row(page, name)).toContainText('Buyer')
  await undo(page)
  for (const name of [jane, robert]) await expect(row(page, name)).not.toContainText('Buyer')

  await page.getByLabel('Select all').click()
  await expect(page.getByLabel('Select all')).toBeChecked()
  await page.getByRole('toolbar', { name: 'Selected records' }).getByText('Delete').click()
  await expect(page.getByRole('heading', { name: 'No contacts yet' })).toBeVisible()
  await undo(page)
  await expect(row(page, jane)).toBeVisible()
})

test('a view with its filter, groups and columns is saved, shared, used by a colleague and kept to oneself again', async ({
  page,
  server,
  folder,
}) => {
  await goTo(page, 'Opportunities')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Priority' }).click()
  await expect(page.getByRole('combobox', { name: 'Priority' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('option', { name: 'High' }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Group', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Stage', exact: true }).click()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Next step' }).check()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader', { name: 'Next step' })).toBeVisible()
  const grid = page.getByRole('grid')
  await expect(grid.getByRole('button', { name: /Negotiation/ })).toBeVisible()

  await page.getByRole('button', { name: 'Save as view' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Hot by stage')
  await page.getByRole('checkbox', { name: /share/i }).check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const views = page.getByRole('navigation', { name: 'Views' })
  const tab = views.getByRole('button', { name: /^Hot by stage/ })
  await expect(tab).toHaveAttribute('aria-current', 'page')
  await views.getByRole('button', { name: 'All', exact: true }).click()
  await expect(grid.getByRole('link', { name: /campus licence/ })).toBeVisible()
  await tab.click()
  await expect(grid.getByRole('link', { name: /campus licence/ })).toHaveCount(0)
  await expect(grid.getByRole('button', { name: /Negotiation/ })).toBeVisible()

  const colleague = await launchApp({ profile: folder('other'), server: server.url })
  const other = await firstWindow(colleague)
  await signIn(other, 'sales2@demo.test')
  await goTo(other, 'Opportunities')
  const shared = other.getByRole('button', { name: 'Hot by stage Shared' })
  await shared.click()
  await expect(other.getByRole('grid').getByRole('link', { name: /40 seats/ })).toBeVisible()
  await expect(other.getByRole('grid').getByRole('link', { name: /campus licence/ })).toHaveCount(0)
  await expect(other.getByRole('columnheader', { name: 'Next step' })).toBeVisible()

  await page.getByRole('button', { name: 'Options of the view Hot by stage' }).click()
  await page.getByRole('menuitem', { name: 'Keep to myself' }).click()
  await expect(shared).toHaveCount(0)
  await colleague.close()
})
