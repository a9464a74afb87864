/** From a person's input to the paint that answers it, in a real browser with everything stored. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright'
import { firstNames, lastNames } from '../server/demo/words'
import { fillFolder, inputToPaint, openBrowser, serveFolder, signIn, upToDate } from './browser'
import { type BenchContext, type Benchmark, percentile, plain } from './result'

const count =
  "[...document.querySelectorAll('[role=status]')].map((e) => e.textContent).find((t) => /records?$/.test(t))"
const firstRows =
  "[...document.querySelectorAll('[role=grid] [role=row] a')].slice(0, 20).map((e) => e.getAttribute('href')).join(' ')"
const shown = `(${count}) + ' ' + (${firstRows})`

/** Samples of each figure, about, and how many of them come before the measurement. */
const rounds = 96
const warmUps = 16

/*
 * What is asked again within a minute is answered without asking the store, so everything below asks
 * for what nobody has asked for before.
 */

const type = (text: string) => `
  const field = document.querySelector('[data-list-search]')
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, ${JSON.stringify(text)})
  field.dispatchEvent(new Event('input', { bubbles: true }))`

/** As they are typed one after the other: each shows something else than the one before. */
const searches = Array.from({ length: 20 }, (_, index) => {
  const [first, last] = [firstNames[index], lastNames[index]]
  const number = index + 10
  return [
    `person${number}`,
    `person${number}2`,
    `person${number}23`,
    `${last}`,
    `${last} person${1 + (index % 9)}`,
    `company${number}`,
    `company${number}4`,
    `${first}`,
    `${first} ${last}`,
  ]
}).flat()

const showSearch = async (page: Page, text: string): Promise<number> => {
  const before = JSON.stringify(await page.evaluate(shown))
  return inputToPaint(page, type(text), `(${shown}) !== ${before}`)
}

const searchSamples = async (page: Page): Promise<number[]> => {
  const samples: number[] = []
  for (const text of searches) samples.push(await showSearch(page, text))
  await showSearch(page, '')
  return samples
}

const openList = async (page: Page, place: string): Promise<void> => {
  await page.locator(`nav a[href="/${place}"]`).click()
  await page.locator(`[role=grid] a[href^="/${place}/"]`).first().waitFor()
}

/** Every column of three lists, in both directions. */
const sortSamples = async (page: Page): Promise<number[]> => {
  const samples: number[] = []
  for (const place of ['leads', 'opportunities', 'contacts']) {
    await openList(page, place)
    const heads = page.locator('[role=columnheader] button')
    for (let click = 0; click < 2 * (await heads.count()); click += 1) {
      const before = JSON.stringify(await page.evaluate(firstRows))
      const head = `document.querySelectorAll('[role=columnheader] button')[${Math.floor(click / 2)}]`
      const isThere = `${firstRows} !== ${before} && ${firstRows} !== ''`
      samples.push(await inputToPaint(page, `${head}.click()`, isThere))
    }
  }
  return samples
}

const openSamples = async (page: Page): Promise<number[]> => {
  const samples: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    if (round % 16 === 0) await showSearch(page, `company${round + 1}`)
    const link = `document.querySelectorAll('[role=grid] [role=row] a[href^="/contacts/"]')[${round % 16}]`
    const name = JSON.stringify(await page.evaluate(`${link}.lastElementChild.textContent`))
    const isOpen = `document.querySelector('main h1')?.textContent.includes(${name})`
    samples.push(await inputToPaint(page, `${link}.click()`, isOpen))
    await page.goBack()
    await page.getByRole('grid').getByRole('link').first().waitFor()
  }
  return samples
}

const listSamples = async (page: Page): Promise<number[]> => {
  const samples: number[] = []
  const places = ['accounts', 'contacts', 'leads', 'opportunities']
  for (const place of Array.from({ length: rounds / 4 }, () => places).flat())
    samples.push(
      await inputToPaint(
        page,
        `document.querySelector('nav a[href="/${place}"]').click()`,
        `location.pathname === '/${place}' && document.querySelector('[role=grid] a[href^="/${place}/"]') !== null`,
      ),
    )
  return samples
}

/** Adds the filter *Active* to different searches, by the same clicks as a person. */
const filterSamples = async (page: Page): Promise<number[]> => {
  const samples: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await showSearch(page, `person${1 + (round % 9)} ${'aeinorslukh'[Math.floor(round / 9)]}`)
    const all = JSON.stringify(await page.evaluate(count))
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Active', exact: true }).waitFor()
    const choose = `[...document.querySelectorAll('[role=menuitem]')].find((e) => e.textContent === 'Active').click()`
    samples.push(await inputToPaint(page, choose, `(${count}) !== ${all}`))
    // The new filter opens to be filled in; that it has done so is no part of the measurement.
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.waitForFunction(`(${count}) === ${all}`)
  }
  await showSearch(page, '')
  return samples
}

/** Every figure and list of the dashboard, for each period and scope: asked for the first time. */
const dashboardSamples = async (page: Page): Promise<number[]> => {
  const samples: number[] = []
  const isSettled = "document.querySelector('[aria-busy=false] h1') !== null"
  await page.locator('nav a[href="/"]').click()
  await page.locator('[aria-busy=false] h1').waitFor()
  for (const scope of ['all', 'mine'])
    for (const period of ['quarter', 'year', 'month']) {
      const choose = (name: string, value: string) =>
        `document.querySelector('[role=radiogroup][aria-label="${name}"] input[value="${value}"]').click()`
      await page.evaluate(choose('Whose records', scope))
      await page.locator('[aria-busy=false] h1').waitFor()
      samples.push(await inputToPaint(page, choose('Period', period), isSettled))
    }
  return samples
}

/**
 * What follows is about working, not about starting: every table is in memory once the search over
 * everything has answered.
 */
const warmUp = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+k')
  await page
    .getByPlaceholder(/search/i)
    .last()
    .fill('zzzzzz')
  await page.getByText('Nothing found').waitFor({ timeout: 120_000 })
  await page.keyboard.press('Escape')
  await page.getByText('Nothing found').waitFor({ state: 'hidden' })
  // As long as somebody looks at a list before they do something with it.
  await page.waitForTimeout(5_000)
}

const measure = async (
  page: Page,
  url: string,
  { records, report }: BenchContext,
): Promise<void> => {
  const tell = (name: string, samples: number[], warmUps = 0) => {
    const warm = samples.slice(warmUps)
    report(
      plain({
        name,
        value: percentile(warm, 0.95),
        unit: 'ms',
        records,
        p50: Math.round(percentile(warm, 0.5)),
        samples: warm.length,
        // Code that runs for the first times is compiled meanwhile: told, and not counted.
        ...(warmUps > 0 ? { first: samples.slice(0, warmUps).map(Math.round) } : {}),
      }),
    )
  }
  const cold: number[] = []
  for (let round = 0; round < 3; round += 1) {
    await page.goto('about:blank')
    const start = performance.now()
    await page.goto(`${url}/contacts`)
    await page.getByRole('grid').getByRole('link').first().waitFor()
    cold.push(performance.now() - start)
  }
  tell('ui.cold-start', cold)
  await upToDate(page)
  await warmUp(page)
  tell('ui.search', await searchSamples(page), warmUps)
  tell('ui.sort', await sortSamples(page), warmUps)
  tell('ui.filter', await filterSamples(page), warmUps)
  tell('ui.open-record', await openSamples(page), warmUps)
  tell('ui.list', await listSamples(page), warmUps)
  tell('ui.dashboard', await dashboardSamples(page))
}

export const ui: Benchmark = {
  name: 'ui',
  records: [10_000, 100_000],
  run: async (context) => {
    const folder = await fillFolder(context.records, { withActivities: true })
    const server = await serveFolder(folder)
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-profile-'))
    const browser = await openBrowser(profile)
    const page = browser.pages()[0] ?? (await browser.newPage())
    const url = `http://localhost:${server.port}`
    await signIn(page, url)
    await upToDate(page)
    await measure(page, url, context)
    await browser.close()
    await server.stop()
    for (const used of [folder, profile]) fs.rmSync(used, { recursive: true, force: true })
  },
}
