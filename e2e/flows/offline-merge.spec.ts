import { expect, test } from '@playwright/test'
import {
  appendNotes,
  editField,
  expectPill,
  firstWindow,
  goTo,
  notes,
  noteWords,
  openRecord,
  signIn,
} from '../app-page'
import { launchApp, newFolder, removeFolder, startServer } from '../start'

test('two salespeople edit the same contact offline, and back online both see all of it', async () => {
  const folders = { data: newFolder('data'), sara: newFolder('sara'), tom: newFolder('tom') }
  let server = await startServer(folders.data)
  const apps = {
    sara: await launchApp({ profile: folders.sara, server: server.url }),
    tom: await launchApp({ profile: folders.tom, server: server.url }),
  }
  const sara = await firstWindow(apps.sara)
  const tom = await firstWindow(apps.tom)
  await signIn(sara, 'sales@demo.test')
  await signIn(tom, 'sales2@demo.test')
  await openRecord(sara, 'Contacts', 'Jane Cooper')
  await openRecord(tom, 'Contacts', 'Jane Cooper')
  await expect(notes(sara)).toContainText('Likes numbers')
  await expect(notes(tom)).toContainText('Likes numbers')

  await test.step('the network is gone for both', async () => {
    await server.stop('SIGKILL')
    await expectPill(sara, /^Offline/)
    await expectPill(tom, /^Offline/)
  })
  await editField(sara, 'Phone', '+1 415 555 0199')
  await appendNotes(sara, ' Sara was here.')
  await editField(tom, 'Job title', 'Chief Operating Officer')
  await appendNotes(tom, ' Tom as well.')
  await goTo(tom, 'Leads')
  await tom.getByRole('button', { name: 'Add lead' }).click()
  await tom.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Tunnel deal')
  await tom.getByRole('dialog').getByRole('button', { name: 'Add lead' }).click()
  await expect(tom.getByRole('grid').getByRole('link', { name: 'Tunnel deal' })).toBeVisible()
  await expectPill(sara, /Offline, \d changes saved here/)
  await expectPill(tom, /Offline, \d changes saved here/)

  server = await startServer(folders.data, server.port)
  await expectPill(sara, 'Up to date')
  await expectPill(tom, 'Up to date')
  await openRecord(tom, 'Contacts', 'Jane Cooper')
  for (const page of [sara, tom]) {
    await expect(page.getByText('+1 415 555 0199').first()).toBeVisible()
    await expect(page.getByText('Chief Operating Officer').first()).toBeVisible()
    await expect(notes(page)).toContainText('Sara was here.')
    await expect(notes(page)).toContainText('Tom as well.')
  }
  await expect.poll(() => noteWords(sara)).toBe(await noteWords(tom))
  await goTo(sara, 'Leads')
  await expect(sara.getByRole('grid').getByRole('link', { name: 'Tunnel deal' })).toBeVisible()

  await apps.sara.close()
  await apps.tom.close()
  await server.stop()
  for (const folder of Object.values(folders)) removeFolder(folder)
})
