import { expect, test } from '../fixtures'

declare global {
  interface Window {
    roadbook?: { invoke: (channel: string, input?: unknown) => Promise<unknown> }
  }
}

test('the page sees a narrow, frozen bridge and nothing of Node or Electron', async ({ page }) => {
  const seen = await page.evaluate(() => ({
    keys: Object.keys(window.roadbook ?? {}),
    frozen: Object.isFrozen(window.roadbook),
    globals: ['require', 'process', 'module', 'ipcRenderer', '__IPC_CHANNELS__'].filter(
      (name) => name in window,
    ),
  }))
  expect(seen).toEqual({ keys: ['invoke', 'on'], frozen: true, globals: [] })
})

test('the bridge refuses unknown channels and arguments of the wrong shape', async ({ page }) => {
  const refusals = await page.evaluate(async () => {
    const attempts: [string, unknown][] = [
      ['fs.read', '/etc/passwd'],
      ['secrets.get', { key: '../../etc/passwd' }],
      ['secrets.set', { key: 'refresh-token:x' }],
      ['shell.open', { url: 'file:///etc/passwd' }],
      ['shell.open', { url: 'javascript:alert(1)' }],
      ['window.badge', { count: -1 }],
    ]
    return Promise.all(
      attempts.map(([channel, input]) =>
        (window.roadbook?.invoke(channel, input) ?? Promise.resolve()).then(
          () => 'taken',
          () => 'refused',
        ),
      ),
    )
  })
  expect(refusals).toEqual(Array(6).fill('refused'))
})

test('the policy stops code from strings, markup from strings and plain HTTP to strangers', async ({
  page,
}) => {
  const outcome = await page.evaluate(async () => {
    // From a timer, because code that DevTools runs is exempt from the policy.
    const evaluated = await new Promise((resolve) =>
      setTimeout(() => {
        try {
          // biome-ignore lint/security/noGlobalEval: that it fails is what is being tested
          resolve(eval('1 + 1'))
        } catch (error) {
          resolve((error as Error).name)
        }
      }),
    )
    let markup = 'taken'
    try {
      document.createElement('div').innerHTML = '<b>x</b>'
    } catch (error) {
      markup = (error as Error).name
    }
    const foreign = await fetch('http://example.com/').then(
      () => 'reached',
      (error: Error) => error.name,
    )
    return { evaluated, markup, foreign, secure: isSecureContext }
  })
  expect(outcome).toEqual({
    evaluated: 'EvalError',
    markup: 'TypeError',
    foreign: 'TypeError',
    secure: true,
  })
})

test('navigation elsewhere and new windows are blocked; allowed links go to the system', async ({
  app,
  page,
}) => {
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url: string) => {
      opened.push(url)
    }
  })
  const before = page.url()
  // From timers, so that the call that asks for them ends before they begin.
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = 'https://example.com/away'
    document.body.append(link)
    setTimeout(() => link.click())
    setTimeout(() => window.open('https://example.com/popup'), 500)
  })
  const opened = () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
  await expect
    .poll(opened)
    .toEqual(expect.arrayContaining(['https://example.com/popup', 'https://example.com/away']))
  expect(page.url()).toBe(before)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('permissions are denied unless the table gives a reason', async ({ page }) => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'microphone', 'camera', 'midi'] as PermissionName[]
    return Promise.all(
      names.map(async (name) => (await navigator.permissions.query({ name })).state),
    )
  })
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied'])
})

test('the page protocol answers neither outside its folder nor for other hosts', async ({
  page,
}) => {
  const statuses = await page.evaluate(async () => {
    const paths = ['/..%2f..%2fpackage.json', '/%2e%2e/main/main.js', '/assets/nothing.js']
    return Promise.all(paths.map(async (path) => (await fetch(path)).status))
  })
  expect(statuses).toEqual([404, 404, 404])
})

test('menu commands and links from outside reach the page, and hostile links do nothing', async ({
  app,
  page,
}) => {
  await app.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()?.getMenuItemById('create.lead')?.click(),
  )
  await expect(page.getByRole('dialog', { name: 'New lead' })).toBeVisible()
  await page.keyboard.press('Escape')
  const before = page.url()
  await app.evaluate(({ app: main }) => {
    for (const link of [
      'tel:javascript:alert(1)',
      'roadbook://contacts/../../x',
      'file:///etc/passwd',
      'roadbook://contacts/1',
    ])
      main.emit('open-url', { preventDefault: () => undefined }, link)
  })
  expect(page.url()).toBe(before)
  await app.evaluate(({ app: main }) =>
    main.emit('open-url', { preventDefault: () => undefined }, 'tel:+14155550111'),
  )
  await expect(page.getByRole('grid').getByRole('link', { name: 'Jane Cooper' })).toBeVisible()
})

test('the refresh token lies encrypted in the profile and the sign-in survives a restart', async ({
  app,
  page,
  folder,
}) => {
  await expect(page.getByRole('navigation')).toBeVisible()
  const isPackaged = await app.evaluate(({ app: main }) => main.isPackaged)
  expect(isPackaged).toBe(false)
  const fs = await import('node:fs')
  const path = await import('node:path')
  const secrets = path.join(folder('profile'), 'secrets')
  await expect
    .poll(() => fs.existsSync(secrets) && fs.readdirSync(secrets).length)
    .toBeGreaterThan(0)
  for (const name of fs.readdirSync(secrets))
    expect(fs.readFileSync(path.join(secrets, name)).toString('latin1')).not.toContain('rbr_')
})
