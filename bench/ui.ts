/** From a person's input to the paint that answers it, in a real browser with everything stored. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright'
import { fillFolder, inputToPaint, openBrowser, serveFolder, signIn, upToDate } from './browser'
import { type BenchContext, type Benchmark, percentile, plain } from './result'

const count =
  "[...document.querySelectorAll('[role=status]')].map((e) => e.textContent).find((t) => /records?$/.test(t))"
const firstRow = "document.querySelector('[role=grid] a')?.textContent"

const type = (text: string) => `
  const field = document.querySelector('[data-list-search]')
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, ${JSON.stringify(text)})
  field.dispatchEvent(new Event('input', { bubbles: true }))`

const searchSamples = async (page: Page): Promise<number[]> => {
  const samples: number[] = []
  let before = await page.evaluate(count)
  for (const text of [
    'm',
    'mü',
    'mül',
    'müll',
    'mülle',
    'müller',
    '',
    'a',
    'ad',
    'ada',
    'ada ',
    'ada r',
    'ada ro',
    '',
  ]) {
    samples.push(
      await inputToPaint(
        page,
        type(text),
        `(${count}) !== ${JSON.stringify(before)} || ${JSON.stringify(text)}.trim() === 'ada' || ${JSON.stringify(text)}.startsWith('mül')`,
      ),
    )
    before = await page.evaluate(count)
  }
  return samples
}

const sortSamples = async (page: Page): Promise<number[]> => {
  const samples: number[] = []
  for (let round = 0; round < 8; round += 1) {
    const before = await page.evaluate(firstRow)
    samples.push(
      await inputToPaint(
        page,
        "document.querySelector('[role=columnheader] button').click()",
        `${firstRow} !== ${JSON.stringify(before)} && ${firstRow} !== undefined`,
      ),
    )
  }
  return samples
}

const openSamples = async (page: Page): Promise<number[]> => {
  const samples: number[] = []
  for (let round = 0; round < 8; round += 1) {
    samples.push(
      await inputToPaint(
        page,
        `document.querySelectorAll('[role=grid] a')[${round * 2}].click()`,
        "document.querySelector('h1 button') !== null",
      ),
    )
    await page.goBack()
    await page.getByRole('grid').getByRole('link').first().waitFor()
  }
  return samples
}

const listSamples = async (page: Page): Promise<number[]> => {
  const samples: number[] = []
  const places = ['accounts', 'contacts', 'leads', 'contacts', 'accounts', 'contacts']
  for (const place of places)
    samples.push(
      await inputToPaint(
        page,
        `document.querySelector('nav a[href="/${place}"]').click()`,
        `location.pathname === '/${place}' && document.querySelector('[role=grid] a[href^="/${place}/"]') !== null`,
      ),
    )
  return samples
}

const measure = async (
  page: Page,
  url: string,
  { records, report }: BenchContext,
): Promise<void> => {
  const tell = (name: string, samples: number[]) =>
    report(
      plain({
        name,
        value: percentile(samples, 0.95),
        unit: 'ms',
        records,
        p50: Math.round(percentile(samples, 0.5)),
        samples: samples.length,
      }),
    )
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
  // The first search waits for the table to be in memory; that is part of the start, not of typing.
  await inputToPaint(page, type('zzzz'), `(${count}) === '0 records'`)
  await inputToPaint(page, type(''), `(${count}) !== '0 records'`)
  tell('ui.search', await searchSamples(page))
  tell('ui.sort', await sortSamples(page))
  tell('ui.open-record', await openSamples(page))
  tell('ui.list', await listSamples(page))
}

export const ui: Benchmark = {
  name: 'ui',
  records: [10_000, 100_000],
  run: async (context) => {
    const folder = await fillFolder(context.records)
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
