import { editField, openRecord } from '../app-page'
import { expect, test } from '../fixtures'

const acme = 'Acme: renewal and 40 seats more'

test('an opportunity says whose probability it has, who decides and what comes next', async ({
  page,
}) => {
  await openRecord(page, 'Opportunities', acme)
  await expect(page.getByText('from the stage')).toBeVisible()
  await editField(page, 'Probability', '60')
  await expect(page.getByText('the stage says 80 %')).toBeVisible()
  await page.getByRole('button', { name: 'Use the stage’s' }).click()
  await expect(page.getByText('from the stage')).toBeVisible()

  await page.getByRole('textbox', { name: 'What comes next' }).fill('Call procurement')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Call procurement')).toBeVisible()

  await page.getByRole('textbox', { name: 'Add a stakeholder' }).fill('Anke')
  await page.getByRole('option', { name: 'Anke' }).click()
  const people = page.getByRole('list', { name: 'Stakeholders' })
  await expect(people.getByRole('listitem')).toHaveCount(2)
  await people.getByRole('combobox', { name: /^Role of Anke/ }).click()
  await page.getByRole('option', { name: 'Champion' }).click()
  await expect(people.getByRole('combobox', { name: /^Role of Anke/ })).toHaveValue('Champion')
  await people.getByRole('button', { name: 'Remove Jane Cooper' }).click()
  await expect(people.getByRole('listitem')).toHaveCount(1)
})

test('a lost opportunity is reopened in the stage where it stood', async ({ page }) => {
  await openRecord(page, 'Opportunities', acme)
  const path = page.getByRole('navigation', { name: 'Stages' })
  await page.getByRole('button', { name: 'Mark lost' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Bad timing' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Mark lost' }).click()
  await expect(path.locator('[aria-current=step]')).toHaveText('Lost')
  await page.getByRole('button', { name: 'Reopen', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('combobox', { name: 'It goes back to' })).toHaveValue('Negotiation')
  await dialog.getByRole('button', { name: 'Reopen' }).click()
  await expect(path.locator('[aria-current=step]')).toHaveText('Negotiation')
  await expect(page.getByRole('heading', { name: 'Stage history' })).toBeVisible()
  await path.getByRole('button', { name: 'Proposal' }).click()
  await expect(path.locator('[aria-current=step]')).toHaveText('Proposal')
})
