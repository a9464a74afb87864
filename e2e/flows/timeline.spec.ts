import { openRecord } from '../app-page'
import { expect, test } from '../fixtures'

test('the timeline tells of talks, moves and what was added, and is narrowed down, offline', async ({
  page,
  server,
}) => {
  await server.stop()
  await openRecord(page, 'Opportunities', 'EduLearn: campus licence')
  const timeline = page.getByRole('list', { name: 'Timeline' })
  await page.getByRole('button', { name: 'Take a note' }).click()
  const form = page.getByRole('dialog', { name: 'New activity' })
  await form.getByLabel('Subject').fill('The dean is on board')
  await form.getByRole('button', { name: 'Add activity' }).click()
  await expect(timeline.getByRole('listitem').first()).toContainText('The dean is on board')

  await page.getByRole('button', { name: /^Qualified/ }).click()
  await expect(timeline.getByRole('listitem').first()).toContainText('New→Qualified')
  await page.getByRole('button', { name: 'New quote' }).click()
  await page.waitForURL(/\/quotes\//)
  await page.goBack()
  await expect(timeline).toContainText('Quote added:')

  await page.getByRole('combobox', { name: 'Show kinds' }).click()
  await page.getByRole('option', { name: 'Stage changes' }).click()
  await expect(timeline).toContainText('New→Qualified')
  await expect(timeline).not.toContainText('The dean is on board')
})
