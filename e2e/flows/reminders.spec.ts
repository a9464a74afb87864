import { signedIn } from '../api'
import { expectPill } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'

test('an activity reminds in time, later again, and not once it is done', async ({
  page,
  server,
}) => {
  const api = await signedIn(server.url)
  const { id } = await api.post('activities', {
    subject: 'Call the notary',
    activity_type: 'call',
    due_date: new Date(Date.now() + 5 * 60_000).toISOString(),
    reminder_minutes: 10,
    owner_id: api.userId,
  })
  const reminder = page.getByRole('alert').filter({ hasText: 'Call the notary' })
  await expect(reminder.getByRole('button', { name: 'In 10 minutes' })).toBeVisible({
    timeout: 30_000,
  })
  expect(await seriousProblems(page)).toEqual([])
  await reminder.getByRole('button', { name: 'In 10 minutes' }).click()
  await expect(reminder.getByRole('button', { name: 'In 10 minutes' })).toHaveCount(0)
  await expectPill(page, 'Up to date')
  await expect.poll(async () => (await api.get(`activities/${id}`)).snoozed_until).not.toBeNull()

  await api.patch(`activities/${id}`, { snoozed_until: new Date().toISOString() })
  await reminder.getByRole('button', { name: 'Done' }).click()
  await expect.poll(async () => (await api.get(`activities/${id}`)).status).toBe('completed')
  await expect(reminder.getByRole('button', { name: 'Done' })).toHaveCount(0)
})
