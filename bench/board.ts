/** A board of thousands of cards: from a key or the mouse to the paint that answers it. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright'
import { fillFolder, inputToPaint, openBrowser, serveFolder, signIn, upToDate } from './browser'
import { type Benchmark, percentile, plain } from './result'

/** Contacts that bring one opportunity along. */
const contactsPerCard = 10

const rounds = 12

/** Like a key press, at once and where the focus is. */
const press = (code: string): string => `
  document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {
    key: ${JSON.stringify(code === 'Space' ? ' ' : code)}, code: ${JSON.stringify(code)}, bubbles: true, cancelable: true,
  }))`

const nextTurn = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 20)))

const openSamples = async (page: Page): Promise<number[]> => {
  const samples: number[] = []
  for (let round = 0; round < rounds / 2; round += 1) {
    await page.getByTitle('Table', { exact: true }).click()
    await page.getByRole('grid').getByRole('link').first().waitFor()
    samples.push(
      await inputToPaint(
        page,
        `document.querySelector('[title=Board]').click()`,
        `document.querySelectorAll('[data-card]').length > 8`,
      ),
    )
  }
  return samples
}

/** Picks the first card of a column up, carries it to the next column and puts it down. */
const moveSamples = async (page: Page): Promise<number[]> => {
  const samples: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const column = round % 3
    const id = await page.evaluate((at) => {
      const list = document.querySelectorAll('[data-stage]')[at]
      const card = list?.querySelector<HTMLElement>('[data-card]')
      card?.focus()
      return card?.dataset.card ?? ''
    }, column)
    const held = `document.querySelector('[data-dragging]') !== null`
    samples.push(await inputToPaint(page, press('Space'), held))
    await nextTurn(page)
    const over = `document.querySelectorAll('[data-stage]')[${column + 1}].dataset.over === 'true'`
    samples.push(await inputToPaint(page, press('ArrowRight'), over))
    const there = `document.querySelectorAll('[data-stage]')[${column + 1}].querySelector('[data-card="${id}"]') !== null && !(${held})`
    samples.push(await inputToPaint(page, press('Space'), there))
    await nextTurn(page)
  }
  return samples
}

/** Drags a card about by mouse, one move a frame; the times between frames. */
const dragFrames = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    const send = (target: EventTarget, type: string, x: number, y: number) =>
      target.dispatchEvent(
        new MouseEvent(type, {
          clientX: x,
          clientY: y,
          button: 0,
          bubbles: true,
          cancelable: true,
        }),
      )
    const card = document.querySelector('[data-card]')
    if (!card) throw new Error('no card to drag')
    const { x, y } = card.getBoundingClientRect()
    send(card, 'mousedown', x + 20, y + 20)
    send(document, 'mousemove', x + 40, y + 40)
    await frame()
    const times: number[] = []
    let last = await frame()
    for (let step = 0; step < 120; step += 1) {
      const angle = (step / 120) * 2 * Math.PI
      send(document, 'mousemove', x + 400 - 380 * Math.cos(angle), y + 200 + 150 * Math.sin(angle))
      const now = await frame()
      times.push(now - last)
      last = now
    }
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape' }))
    return times
  })

const scrollSamples = async (page: Page): Promise<number[]> => {
  const samples: number[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const list = `document.querySelector('[data-stage] ul').parentElement`
    samples.push(
      await inputToPaint(
        page,
        `${list}.scrollTop = ${round * 1500}`,
        `[...document.querySelectorAll('[data-stage]')][0].querySelectorAll('[data-card]').length > 3
          && Number([...document.querySelectorAll('[data-stage]')][0].querySelector('[data-card]').dataset.index) > ${round * 8}`,
      ),
    )
  }
  return samples
}

export const board: Benchmark = {
  name: 'ui.board',
  records: [2000],
  run: async ({ records, report }) => {
    const folder = await fillFolder(records * contactsPerCard)
    const server = await serveFolder(folder)
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-profile-'))
    const browser = await openBrowser(profile)
    const page = browser.pages()[0] ?? (await browser.newPage())
    const url = `http://localhost:${server.port}`
    await signIn(page, url)
    await upToDate(page)
    await page.goto(`${url}/opportunities?layout=board`)
    for (const stage of ['Won', 'Lost'])
      await page.getByRole('button', { name: `Unfold ${stage}` }).click()
    await page.locator('[data-card]').first().waitFor()
    const frames = await dragFrames(page)
    const parts = {
      open: await openSamples(page),
      move: await moveSamples(page),
      scroll: await scrollSamples(page),
    }
    const samples = Object.values(parts).flat()
    const byPart = Object.entries(parts).map(([name, times]) => [
      name,
      Math.round(percentile(times, 0.95)),
    ])
    report(
      plain({
        name: 'ui.board',
        value: percentile(samples, 0.95),
        unit: 'ms',
        records,
        p50: Math.round(percentile(samples, 0.5)),
        samples: samples.length,
        p95: Object.fromEntries(byPart),
        dragFrameP95: Math.round(percentile(frames, 0.95) * 10) / 10,
      }),
    )
    await browser.close()
    await server.stop()
    for (const used of [folder, profile]) fs.rmSync(used, { recursive: true, force: true })
  },
}
