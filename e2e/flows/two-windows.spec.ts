/** Two windows of one profile, and the end of either: whoever is left goes on where the other was. */
import type { ElectronApplication, Page } from '@playwright/test'
import { createRandom } from '../../server/demo/random'
import { signedIn } from '../api'
import { editField, expectPill, openRecord } from '../app-page'
import { expect, test } from '../fixtures'

const rounds = Number(process.env.ROUNDS ?? 6)
const seed = Number(process.env.SEED ?? 1)
const lead = 'Fleet app for Nordic Freight'

const newWindow = async (app: ElectronApplication): Promise<Page> => {
  const [window] = await Promise.all([
    app.waitForEvent('window'),
    app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('window.new')?.click()),
  ])
  await window.waitForLoadState()
  await expectPill(window, 'Up to date')
  await openRecord(window, 'Leads', lead)
  return window
}

/** Kills the process behind a window, worker and all, in the middle of whatever it does. */
const crash = async (page: Page): Promise<void> => {
  const cdp = await page.context().newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  cdp.send('Page.crash').catch((cause: unknown) => {
    // A page that is gone cannot answer any more.
    if (!/crash|closed|detached/i.test(String(cause))) throw cause
  })
  await crashed
}

/** How many windows sync, and how many would if those ended. */
const leadersOf = (page: Page): Promise<{ held: number; waiting: number }> =>
  page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query()
    const count = (locks: LockInfo[]) =>
      locks.filter(({ name }) => name?.startsWith('lead:')).length
    return { held: count(held), waiting: count(pending) }
  })

test.describe.configure({ timeout: 60_000 + rounds * 20_000 })

test('an edit of either window survives the end of either, and somebody always syncs', async ({
  app,
  page,
  server,
}) => {
  const random = createRandom(seed)
  const api = await signedIn(server.url)
  const [{ id } = { id: '' }] = await api.list(`leads?search=${encodeURIComponent(lead)}`)
  await openRecord(page, 'Leads', lead)
  // The window that was opened first leads; when it ends, the next one does.
  let windows = [page, await newWindow(app)]
  for (let round = 0; round < rounds; round += 1) {
    const [dying, author] = [random.below(2), random.below(2)]
    const value = `Value ${round}`
    const [window, victim] = [windows[author], windows[dying]]
    if (!window || !victim) throw new Error('a window is missing')
    await editField(window, 'Contact name', value)
    await crash(victim)
    windows = windows.filter((one) => one !== victim)
    const [rest] = windows
    if (!rest) throw new Error('no window is left')
    await expect(rest.getByText(value, { exact: true })).toBeVisible()
    await expectPill(rest, 'Up to date')
    // The window that died comes back by itself and waits behind the other. It has had its turn.
    await expect.poll(() => leadersOf(rest)).toEqual({ held: 1, waiting: 1 })
    await app.evaluate(
      ({ BrowserWindow }, index) => BrowserWindow.getAllWindows()[index]?.destroy(),
      dying,
    )
    await expect.poll(() => leadersOf(rest)).toEqual({ held: 1, waiting: 0 })
    await expect.poll(async () => (await api.get(`leads/${id}`)).contact_name).toBe(value)
    windows.push(await newWindow(app))
  }
})
