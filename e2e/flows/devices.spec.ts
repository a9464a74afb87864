import { expectPill, firstWindow, goTo, signIn } from '../app-page'
import { seriousProblems } from '../axe'
import { expect, test } from '../fixtures'
import { launchApp } from '../start'

test('a lost device is revoked from another one, forgets everything and says why', async ({
  page,
  server,
  folder,
}) => {
  const lost = await launchApp({ profile: folder('lost'), server: server.url })
  try {
    const there = await firstWindow(lost)
    await signIn(there, 'sales@demo.test')
    await goTo(page, 'Settings')
    await page.getByRole('link', { name: 'Devices', exact: true }).click()
    const devices = page.getByRole('list', { name: 'Devices' }).getByRole('listitem')
    await expect(devices).toHaveCount(2)
    await expect(devices.filter({ hasText: 'This device' })).toHaveCount(1)
    expect(await seriousProblems(page)).toEqual([])
    await devices.filter({ hasNotText: 'This device' }).getByRole('button').click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('Changes that it has not sent are lost.')
    await dialog.getByRole('button', { name: 'Revoke', exact: true }).click()
    await expect(there.getByRole('alert')).toContainText('This device has been revoked.')
    await expect
      .poll(() => there.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
      .toEqual(['roadbook-profile'])
    await expect(devices.filter({ hasText: /Will be wiped|Wiped/ })).toHaveCount(1)
    await expectPill(page, 'Up to date')
  } finally {
    await lost.close()
  }
})

test('the list of devices says so where the server cannot be reached', async ({ page, server }) => {
  await server.stop()
  await goTo(page, 'Settings')
  await page.getByRole('link', { name: 'Devices', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('cannot be reached')
})
