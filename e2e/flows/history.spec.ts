import { editField, expectPill, openRecord } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'

test('the history says who changed what, sets a value back, and offline tells what it knows', async ({
  page,
  server,
}) => {
  await openRecord(page, 'Contacts', 'Jane Cooper')
  await editField(page, 'Job title', 'Chief of everything')
  await expectPill(page, 'Up to date')
  await page.getByRole('tab', { name: 'History' }).click()
  const history = page.getByRole('list', { name: 'History' })
  const change = history.getByRole('listitem').first()
  await expect(change).toContainText('Chief of everything')
  await expect(change).toContainText('Sara Sales')
  await expect(history).toContainText('created it')
  expect(await seriousProblems(page)).toEqual([])
  await change.getByRole('button', { name: 'Set Job title back to this' }).click()
  await expectPill(page, 'Up to date')
  await expect(history.getByRole('button', { name: 'Set Job title back to this' })).toHaveCount(1)
  await expect(page.getByLabel('Details')).not.toContainText('Chief of everything')
  await server.stop()
  await page.getByRole('tab', { name: 'Overview' }).click()
  await editField(page, 'Job title', 'Offline title')
  await page.getByRole('tab', { name: 'History' }).click()
  await expect(page.getByText('The server cannot be reached')).toBeVisible()
  const known = page.getByRole('list', { name: 'Who changed what last' })
  await expect(known).toContainText('Job title')
})
