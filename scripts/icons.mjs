/**
 * `npm run icons`: draws the application's icons in all sizes from the one picture in
 * `src-renderer/public/icon.svg`: PNG for Linux, ICO for Windows, ICNS for macOS.
 */
import fs from 'node:fs'
import path from 'node:path'
import { ensureChromium } from './steps/chromium.mjs'
import { ensureInstalled } from './steps/install.mjs'
import { root } from './steps/run.mjs'

const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
const icoSizes = [16, 24, 32, 48, 64, 128, 256]

/** The four-letter types under which ICNS files keep PNGs of a size. */
/** @type {readonly [string, number][]} */
const icnsTypes = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]

/**
 * @param {string} svg
 * @returns {Promise<Map<number, Buffer>>} PNGs by size
 */
const draw = async (svg) => {
  const { chromium } = await import('playwright')
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--no-sandbox'],
  })
  const page = await browser.newPage()
  const drawn = new Map()
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${svg}`)
    drawn.set(size, await page.screenshot({ omitBackground: true }))
  }
  await browser.close()
  return drawn
}

/**
 * @param {Map<number, Buffer>} drawn
 * @param {number} size
 */
const pngOf = (drawn, size) => drawn.get(size) ?? Buffer.alloc(0)

/** @param {Map<number, Buffer>} drawn */
const toIco = (drawn) => {
  const head = Buffer.alloc(6 + 16 * icoSizes.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(icoSizes.length, 4)
  let offset = head.length
  icoSizes.forEach((size, index) => {
    const at = 6 + 16 * index
    // A byte cannot hold 256; the format writes it as 0.
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(pngOf(drawn, size).length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += pngOf(drawn, size).length
  })
  return Buffer.concat([head, ...icoSizes.map((size) => pngOf(drawn, size))])
}

/**
 * @param {string} type
 * @param {Buffer} content
 */
const icnsPart = (type, content) => {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(content.length + 8, 4)
  return Buffer.concat([head, content])
}

/** @param {Map<number, Buffer>} drawn */
const toIcns = (drawn) =>
  icnsPart(
    'icns',
    Buffer.concat(icnsTypes.map(([type, size]) => icnsPart(type, pngOf(drawn, size)))),
  )

const main = async () => {
  await ensureInstalled()
  const drawn = await draw(
    fs.readFileSync(path.join(root, 'src-renderer', 'public', 'icon.svg'), 'utf8'),
  )
  const folder = path.join(root, 'build')
  fs.mkdirSync(path.join(folder, 'icons'), { recursive: true })
  for (const [size, png] of drawn)
    fs.writeFileSync(path.join(folder, 'icons', `${size}x${size}.png`), png)
  fs.writeFileSync(path.join(folder, 'icon.ico'), toIco(drawn))
  fs.writeFileSync(path.join(folder, 'icon.icns'), toIcns(drawn))
  console.log(`Drew ${drawn.size} sizes into ${folder}.`)
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
