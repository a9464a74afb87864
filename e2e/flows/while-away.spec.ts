import { editField, expectPill, firstWindow, goTo, openRecord, signIn } from '../app-page'
import { expect, test } from '../fixtures'
import { launchApp, startServer } from '../start'

test('an offline edit that lost is shown with both values, and one click brings it back', async ({
  folder,
  server,
  page: sara,
}) => {
  const other = await launchApp({ profile: folder('tom'), server: server.url })
  const tom = await firstWindow(other)
  await signIn(tom, 'sales2@demo.test')
  for (const page of [sara, tom]) {
    await openRecord(page, 'Contacts', 'Jane Cooper')
  }
  await server.stop('SIGKILL')
  await expectPill(sara, /^Offline/)
  await expectPill(tom, /^Offline/)
  await editField(sara, 'Job title', 'Head of Rail')
  await editField(tom, 'Job title', 'Head of Roads')
  await editField(tom, 'Department', 'Roads')
  await sara.locator('button[data-sync]').click()
  await expect(sara.getByRole('link', { name: 'Jane Cooper' }).last()).toBeVisible()
  await sara.keyboard.press('Escape')

  const again = await startServer(folder('data'), server.port)
  await expectPill(tom, 'Up to date')
  await expectPill(sara, '1 change needs you')
  await sara.getByRole('link', { name: 'Show', exact: true }).click()
  const lost = sara.getByRole('listitem').filter({ hasText: 'Head of Rail' })
  await expect(lost).toContainText('Head of Roads')
  await lost.getByRole('button', { name: 'Use mine' }).click()
  await expectPill(sara, 'Up to date')
  await expect(tom.getByText('Head of Rail').first()).toBeVisible()
  await goTo(sara, 'Home')
  await sara.keyboard.press('Control+z')
  await expect(tom.getByText('Head of Roads').first()).toBeVisible()
  await other.close()
  await again.stop()
})
