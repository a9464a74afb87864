/** App and server, killed again and again under load: `KILLS=50 npm run e2e -- kills` is the long run. */
import type { ElectronApplication, Page } from '@playwright/test'
import { createRandom } from '../../server/demo/random'
import { signedIn } from '../api'
import { editField, expectPill, firstWindow, openRecord, signIn } from '../app-page'
import { expect, test } from '../fixtures'
import { requireContacts, startLoad } from '../load'
import { launchApp, startServer } from '../start'

const kills = Number(process.env.KILLS ?? 4)
const seed = Number(process.env.SEED ?? 1)

// Of another entity than what streams in, so that its list stays short.
const lead = 'Fleet app for Nordic Freight'

const fields = [
  { label: 'Contact name', name: 'contact_name' },
  { label: 'Company', name: 'company_name' },
] as const

type Field = (typeof fields)[number]

/** What each field may say: what was last shown as saved, or what was under way when all went dark. */
const createLedger = () => {
  const values = new Map<Field, string[]>()
  let count = 0
  return {
    next: (): string => {
      count += 1
      return `Value ${count}`
    },
    saved: (field: Field, value: string) => values.set(field, [value]),
    tried: (field: Field, value: string) =>
      values.set(field, [...(values.get(field) ?? []), value]),
    known: () => [...values],
  }
}

/** Enter is pressed; nobody waits to see whether it was saved. */
const edit = async (page: Page, { label }: Field, value: string): Promise<void> => {
  await page.getByRole('button', { name: `Edit ${label}`, exact: true }).click()
  await page.getByLabel(label, { exact: true }).fill(value)
  await page.keyboard.press('Enter')
}

const killApp = async (app: ElectronApplication): Promise<void> => {
  const gone = new Promise((resolve) => app.process().once('exit', resolve))
  app.process().kill('SIGKILL')
  await gone
}

// Each kill brings a start and a catch-up with it.
test.describe.configure({ timeout: 90_000 + kills * 30_000 })

test(`nothing that was shown as saved is lost in ${kills} kills of app and server under load`, async ({
  folder,
}) => {
  const random = createRandom(seed)
  const ledger = createLedger()
  const acknowledged: string[] = []
  let server = await startServer(folder('data'))
  let load = await startLoad(server, { batch: 1 })
  const start = () => launchApp({ profile: folder('profile'), server: server.url })
  let app = await start()
  let page = await firstWindow(app)
  await signIn(page, 'sales@demo.test')
  await openRecord(page, 'Leads', lead)
  for (let kill = 0; kill < kills; kill += 1) {
    for (let edits = random.below(3); edits >= 0; edits -= 1) {
      const [field, value] = [random.pick(fields), ledger.next()]
      await editField(page, field.label, value)
      ledger.saved(field, value)
    }
    const [field, value] = [random.pick(fields), ledger.next()]
    await edit(page, field, value)
    ledger.tried(field, value)
    const victim = random.pick(['app', 'server', 'both'])
    if (victim !== 'app') {
      await server.stop('SIGKILL')
      await load.ended
      acknowledged.push(...load.acknowledged)
    }
    if (victim !== 'server') await killApp(app)
    if (victim !== 'app') {
      server = await startServer(folder('data'), server.port)
      load = await startLoad(server, { batch: 1 })
    }
    if (victim === 'server') continue
    app = await start()
    page = await firstWindow(app)
    await openRecord(page, 'Leads', lead)
    for (const [{ label }, values] of ledger.known())
      await expect(
        page.getByText(new RegExp(`^(${values.join('|')})$`)).first(),
        label,
      ).toBeVisible()
  }
  await load.stop()
  await expectPill(page, 'Up to date', 60_000)
  await requireContacts(server.url, [...acknowledged, ...load.acknowledged])
  const api = await signedIn(server.url)
  const [row] = await api.list(`leads?name=${encodeURIComponent(lead)}`)
  for (const [{ name }, values] of ledger.known()) expect(values).toContain(row?.[name])
  await app.close()
  await server.stop()
})
