import { editField, expectPill, goTo, openRecord } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'

for (const scheme of ['light', 'dark'] as const)
  test(`every screen is free of accessibility problems, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    const found: string[] = []
    const check = async (name: string) =>
      found.push(...(await seriousProblems(page)).map((problem) => `${name}: ${problem}`))
    await check('home')
    for (const place of ['Contacts', 'Accounts', 'Leads', 'Activities']) {
      await goTo(page, place)
      await expect(page.getByRole('grid').getByRole('link').first()).toBeVisible()
      await check(place)
    }
    await openRecord(page, 'Contacts', 'Jane Cooper')
    await check('record')
    await goTo(page, 'Settings')
    await check('settings')
    await page.getByRole('link', { name: 'Users', exact: true }).click()
    await expect(page.getByText('sales2@demo.test')).toBeVisible()
    await check('users')
    await page.keyboard.press('c')
    expect(found).toEqual([])
  })

test('a record is created, edited, found, deleted and restored by keyboard', async ({ page }) => {
  await goTo(page, 'Contacts')
  await expect(page.getByRole('heading', { level: 1, name: 'Contacts' })).toBeVisible()
  await page.keyboard.press('c')
  const dialog = page.getByRole('dialog', { name: 'New contact' })
  await dialog.getByLabel('First name').fill('Zoë')
  await dialog.getByLabel('Last name').fill('Ångström')
  await dialog.getByLabel('E-mail').fill('zoe@example.com')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('grid').getByRole('link', { name: 'Zoë Ångström' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Search records, or type what to do').fill('angstrom')
  await expect(page.getByRole('button', { name: /Zoë Ångström/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Zoë Ångström' })).toBeVisible()
  await editField(page, 'Job title', 'Physicist')
  await expectPill(page, 'Up to date')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByText('Contact deleted')).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(page.getByText('Contact deleted')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(page.getByText('Physicist')).toHaveCount(0)
})

test('wrong input is explained where it stands and is not lost', async ({ page }) => {
  await openRecord(page, 'Contacts', 'Jane Cooper')
  await page.getByRole('button', { name: 'Edit E-mail', exact: true }).click()
  await page.getByLabel('E-mail', { exact: true }).fill('not an address')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('E-mail must be an e-mail address')
  await expect(page.getByLabel('E-mail', { exact: true })).toHaveValue('not an address')
})

test('filters, sorting and search narrow a list, and the address brings them back', async ({
  page,
}) => {
  await goTo(page, 'Leads')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Status', exact: true }).click()
  await page.getByRole('dialog').getByRole('combobox', { name: 'Status' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('option', { name: 'New' }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('status').filter({ hasText: 'record' })).toHaveText('2 records')
  await page.getByRole('button', { name: 'Name', exact: true }).click()
  await page.reload()
  await expect(page.getByRole('status').filter({ hasText: 'record' })).toHaveText('2 records')
  await page.getByLabel('Search leads').fill('nordic')
  await expect(page.getByRole('grid').getByRole('link')).toHaveText([
    /Fleet app for Nordic Freight$/,
  ])
})

test('an amount is typed key by key, cents and all, and none of it is lost', async ({ page }) => {
  await openRecord(page, 'Opportunities', 'Global Industries: dispatch teams')
  await page.getByRole('button', { name: 'Edit Amount', exact: true }).click()
  const amount = page.getByLabel('Amount', { exact: true })
  await amount.press('Control+a')
  await amount.pressSequentially('1050.50')
  await expect(amount).toHaveValue('1,050.50')
  await amount.press('Enter')
  await expect(page.getByText('€1,050.50').first()).toBeVisible()
})

test('what a rule refuses stays in its field with the reason', async ({ page }) => {
  await openRecord(page, 'Contacts', 'Jane Cooper')
  await page.getByRole('button', { name: 'Edit Birthday', exact: true }).click()
  const birthday = page.getByLabel('Birthday', { exact: true })
  await birthday.fill('2199-01-01')
  await birthday.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('Birthday lies in the future')
  await expect(birthday).toHaveValue('2199-01-01')
})
