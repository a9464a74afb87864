import type { Page } from '@playwright/test'
import { signedIn } from '../api'
import { editField, expectPill, firstWindow, goTo, signIn } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'
import { launchApp, startServer } from '../start'

test('a refused edit is explained to its author and to who looks after the workspace', async ({
  folder,
  server,
}) => {
  const profile = folder('mia')
  const mia = await signedIn(server.url, 'marketing@demo.test')
  const owner = await signedIn(server.url, 'owner@demo.test')
  const task = await mia.post('activities', {
    activity_type: 'meeting',
    subject: 'Trade fair in Basel',
    owner_id: mia.userId,
  })
  const open = async (page: Page) => {
    await page.evaluate((id) => location.assign(`/activities/${id}`), task.id)
    await expect(page.getByRole('heading', { level: 1, name: 'Trade fair' })).toBeVisible()
  }
  const first = await launchApp({ profile, server: server.url })
  const page = await firstWindow(first)
  await signIn(page, 'marketing@demo.test')
  await expectPill(page, 'Up to date')
  await open(page)
  await server.stop('SIGKILL')
  await expectPill(page, /^Offline/)
  await editField(page, 'Location', 'Hall 7')
  await first.close()

  // Meanwhile somebody else was given it, who alone may change it now.
  const again = await startServer(folder('data'), server.port)
  const { userId: tom } = await signedIn(server.url, 'sales2@demo.test')
  await owner.patch(`activities/${task.id}`, { owner_id: tom })
  const second = await launchApp({ profile, server: server.url })
  const back = await firstWindow(second)
  await expectPill(back, /needs you/)
  await back.locator('button[data-sync]').click()
  await back.getByRole('link', { name: 'Sync issues' }).click()
  const mine = back.getByRole('listitem').filter({ hasText: 'Hall 7' })
  await expect(mine).toContainText('Trade fair in Basel')
  expect(await seriousProblems(back)).toEqual([])
  await goTo(back, 'Settings')
  await expect(back.getByRole('link', { name: 'Refused edits' })).toHaveCount(0)
  await second.close()

  const admin = await launchApp({ profile: folder('olivia'), server: server.url })
  const settings = await firstWindow(admin)
  await signIn(settings, 'owner@demo.test')
  await goTo(settings, 'Settings')
  await settings.getByRole('link', { name: 'Refused edits' }).click()
  const kept = settings.getByRole('list', { name: 'Refused edits' }).getByRole('listitem')
  await expect(kept).toHaveCount(1)
  await expect(kept).toContainText('Mia Marketing')
  await expect(kept).toContainText('Hall 7')
  expect(await seriousProblems(settings)).toEqual([])
  await again.stop()
  await settings.reload()
  await expect(settings.getByRole('alert')).toContainText('cannot be reached')
  await admin.close()
})
