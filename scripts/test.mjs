/**
 * `npm test`: installs, lints, type-checks, runs unit, integration and end-to-end tests, and ends
 * with one line `N passed, N failed`. `--check` leaves the end-to-end tests out.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureBuilt } from './steps/build.mjs'
import { ensureChromium } from './steps/chromium.mjs'
import { ensureInstalled } from './steps/install.mjs'
import { bin, run } from './steps/run.mjs'

/** @typedef {{ passed: number, failed: number }} Count */

const trees = ['shared', 'server', 'src-renderer', 'src-main', 'e2e', '.']

/** @type {readonly [string, string, readonly string[]][]} */
const checks = [
  ['Lint and format', bin('biome'), ['check', '--error-on-warnings', '.']],
  ...trees.map(
    /** @returns {[string, string, string[]]} */ (tree) => [
      `Types of ${tree}`,
      bin('tsc'),
      ['-p', tree],
    ],
  ),
  ['Dead code and dependencies', bin('knip'), ['--no-progress']],
]

/** @returns {Promise<Count>} */
const runChecks = async () => {
  const count = { passed: 0, failed: 0 }
  for (const [name, command, args] of checks) {
    const ok = (await run(command, args)) === 0
    console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`)
    count[ok ? 'passed' : 'failed'] += 1
  }
  return count
}

/**
 * Counts from a reporter's file; a run that left none behind counts as one failure.
 * @param {string} file
 * @param {number} code
 * @param {(report: any) => Count} read
 * @returns {Count}
 */
const counted = (file, code, read) => {
  if (!fs.existsSync(file)) return { passed: 0, failed: 1 }
  const count = read(JSON.parse(fs.readFileSync(file, 'utf8')))
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}

/**
 * @param {string} folder
 * @returns {Promise<Count>}
 */
const runUnitTests = async (folder) => {
  const file = path.join(folder, 'vitest.json')
  const code = await run(bin('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  return counted(file, code, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numPendingTests,
  }))
}

/**
 * @param {string} folder
 * @returns {Promise<Count>}
 */
const runEndToEndTests = async (folder) => {
  const file = path.join(folder, 'playwright.json')
  const chromium = await ensureChromium()
  const code = await run(bin('playwright'), ['test', '--config', 'e2e/playwright.config.ts'], {
    env: { ...process.env, CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  })
  return counted(file, code, ({ stats }) => {
    // Said aloud: what passes only at the second try is a race to be found.
    if (stats.flaky > 0) console.log(`${stats.flaky} passed at the second try only`)
    return {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + stats.skipped,
    }
  })
}

const main = async () => {
  const only = process.argv.includes('--check')
  await ensureInstalled()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'roadbook-test-'))
  const counts = [await runChecks()]
  await ensureBuilt()
  counts.push(await runUnitTests(folder))
  if (!only) counts.push(await runEndToEndTests(folder))
  fs.rmSync(folder, { recursive: true, force: true })
  const passed = counts.reduce((sum, count) => sum + count.passed, 0)
  const failed = counts.reduce((sum, count) => sum + count.failed, 0)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
})
