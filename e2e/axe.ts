/** Accessibility problems of what a page shows now, by the rules of WCAG 2.1 A and AA. */
import fs from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

const axeSource = fs.readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

type AxeResult = { violations: { id: string; impact: string | null; nodes: { html: string }[] }[] }

/** One line a problem; empty where there is none. */
export const seriousProblems = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate(() =>
    (
      window as unknown as { axe: { run: (root: Document, options: object) => Promise<AxeResult> } }
    ).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
    }),
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  )
}
