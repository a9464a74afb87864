/** A browser on the built web client, signed in, for benchmarks of what people see. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { openDatabase } from '../server/db/open'
import { login, workspace } from '../server/db/schema'
import { defaultStages } from '../server/demo/default-stages'
import { generate } from '../server/demo/generate'
import { seedDemo } from '../server/demo/seed'
import { requireAccepted } from '../server/kernel/crud'
import type { EditInput } from '../server/kernel/ports'
import { createServices } from '../server/kernel/services'
import { type Running, startNode } from './processes'

type Filling = {
  /** Three for each contact, most of all records; left out unless they matter. */
  withActivities?: boolean
}

/** Fills a new folder with the demo workspace and generated records; answers the folder. */
export const fillFolder = async (
  contacts: number,
  { withActivities = false }: Filling = {},
): Promise<string> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-bench-'))
  const db = openDatabase(path.join(folder, 'roadbook.sqlite'))
  const services = createServices({
    db,
    log: pino({ level: 'error' }),
    jwtSecret: 'x'.repeat(40),
    now: Date.now,
  })
  await seedDemo(services)
  const workspaceId = db.select({ id: workspace.id }).from(workspace).get()?.id ?? ''
  const owner = db.select({ id: login.userId }).from(login).get()?.id ?? ''
  const actor = { workspaceId, userId: owner, role: 'owner', via: 'system' } as const
  let batch: EditInput[] = []
  const write = async () => {
    for (const outcome of await services.commit(actor, batch)) requireAccepted(outcome)
    batch = []
  }
  const stages = await defaultStages(services, actor)
  const options = { contacts, seed: 1, owners: [owner], tags: [], stages, now: Date.now() }
  for (const edit of generate(options)) {
    if (edit.entity === 'activity' && !withActivities) continue
    batch.push(edit)
    if (batch.length === 1000) await write()
  }
  if (batch.length > 0) await write()
  await services.close()
  return folder
}

/** The server on a filled folder. */
export const serveFolder = (folder: string): Promise<Running> =>
  startNode(['out/server/main.js'], { DATA_DIR: folder, LOG_LEVEL: 'error' })

/** A browser profile of its own. */
export const openBrowser = async (profile: string): Promise<BrowserContext> => {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    viewport: { width: 1440, height: 900 },
    bypassCSP: true,
  })
  // Functions that are sent to a page keep their names by a helper of the compiler, which is not there.
  await context.addInitScript('globalThis.__name = (named) => named')
  return context
}

/** Fills the sign-in form and submits it. */
export const signIn = async (page: Page, url: string): Promise<void> => {
  await page.goto(url)
  await page.getByRole('textbox', { name: 'E-mail' }).fill('sales@demo.test')
  await page.locator('input[type=password]').fill('roadbook-demo')
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Resolves once everything has arrived, what comes behind the work of its user included. */
export const upToDate = async (page: Page): Promise<void> => {
  await page.locator('button[data-sync]').waitFor()
  // Waiting for an element looks for it in every frame, and drawing frames takes half of this machine.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const look = () => {
          const pill = document.querySelector('button[data-sync=live]')
          if (!pill?.textContent?.includes('Up to date')) return
          observer.disconnect()
          resolve()
        }
        const observer = new MutationObserver(look)
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          attributes: true,
          characterData: true,
        })
        look()
      }),
  )
}

/** Between two inputs: the pace of a fast typist, who hits five hundred keys a minute. */
const paceMs = 120

/** Milliseconds from the input until a frame has been painted in which `isThere` holds. */
export const inputToPaint = async (page: Page, input: string, isThere: string): Promise<number> => {
  await page.waitForTimeout(paceMs)
  return page.evaluate(
    ([act, test]) =>
      new Promise<number>((resolve, reject) => {
        const perform = new Function(act ?? '') as () => void
        const holds = new Function(`return ${test}`) as () => boolean
        const deadline = performance.now() + 30_000
        const start = performance.now()
        perform()
        const look = () => {
          // Frames are painted right after these callbacks; what comes next comes behind that.
          if (holds()) setTimeout(() => resolve(performance.now() - start))
          else if (performance.now() > deadline) reject(new Error(`never came true: ${test}`))
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }),
    [input, isThere],
  )
}
