/** A server with the demo workspace and one signed-in app, made anew for every spec that asks for them. */
import { test as base, type ElectronApplication, type Page } from '@playwright/test'
import { firstWindow, signIn } from './app-page'
import { launchApp, newFolder, type RunningServer, removeFolder, startServer } from './start'

type Fixtures = {
  /** The address of whoever signs in. */
  who: string
  folder: (name: string) => string
  server: RunningServer
  app: ElectronApplication
  page: Page
}

export const test = base.extend<Fixtures>({
  who: ['sales@demo.test', { option: true }],
  folder: async ({ browserName: _ }, use) => {
    const folders = new Map<string, string>()
    await use((name) => {
      const folder = folders.get(name) ?? newFolder(name)
      folders.set(name, folder)
      return folder
    })
    for (const folder of folders.values()) removeFolder(folder)
  },
  server: async ({ folder }, use) => {
    const server = await startServer(folder('data'))
    await use(server)
    await server.stop()
  },
  app: async ({ folder, server }, use) => {
    const app = await launchApp({ profile: folder('profile'), server: server.url })
    await use(app)
    await app.close().catch(() => undefined)
  },
  page: async ({ app, who }, use) => {
    const page = await firstWindow(app)
    await signIn(page, who)
    await use(page)
  },
})

export { expect } from '@playwright/test'
