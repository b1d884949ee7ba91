// `npm run bench:ui`: what the window feels like with 200 environments, 50 servers and a log of 100 000 lines that grows by 5 000
// lines a second, in a real browser. `--write` puts the table into docs/performance.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { chromiumArguments, chromiumPath } from '../../tools/chromium.ts'
import { quantile } from '../measure.ts'
import { heapMegabytes, read, watch } from './gauge.ts'
import type { Reading } from './gauge.ts'
import { environmentCount, loud, serverCount } from './house.ts'
import { openScriptedHost } from './scripted-host.ts'
import type { ScriptedHost } from './scripted-host.ts'

const { values: options } = parseArgs({ options: { write: { type: 'boolean', default: false } } })
const record = path.resolve(import.meta.dirname, '../../../docs/performance.md')
const lines = 100_000
const perSecond = 5000
/** Milliseconds between two keys: a quick typist. */
const keyMs = 90

const executablePath = chromiumPath()
if (executablePath === undefined) throw new Error('This needs a Chromium: name one in BEEP_TEST_CHROMIUM')

/** Types into the search of the log, and takes it back, until told to stop. @returns keys pressed. */
async function type(page: Page, isOver: () => boolean): Promise<number> {
  const field = page.getByRole('textbox', { name: 'Search the lines' })
  await field.click()
  let keys = 1
  const text = 'error app.module'
  for (let index = 0; !isOver(); index += 1, keys += 1) {
    const at = index % (text.length * 2)
    await page.keyboard.press(at < text.length ? text[at]! : 'Backspace')
    await setTimeout(keyMs)
  }
  return keys
}

/** Goes round the screens, until told to stop. @returns clicks. */
async function goRound(page: Page, isOver: () => boolean): Promise<number> {
  const links = page.getByRole('navigation', { name: 'Screens' }).getByRole('link')
  const count = await links.count()
  let clicks = 0
  for (; !isOver(); clicks += 1) {
    await links.nth(clicks % count).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await setTimeout(keyMs * 3)
  }
  return clicks
}

interface Row extends Reading {
  readonly title: string
}

/** Writes the lines, and does something meanwhile. */
async function during(
  host: ScriptedHost,
  page: Page,
  title: string,
  act: (page: Page, isOver: () => boolean) => Promise<number>,
): Promise<Row> {
  let isOver = false
  await setTimeout(500)
  await read(page, 0)
  const writing = host.write(lines, perSecond).then(() => (isOver = true))
  const acts = await act(page, () => isOver)
  await writing
  await setTimeout(500)
  return { title, ...(await read(page, acts)) }
}

async function idle(page: Page, title: string, act: (page: Page, isOver: () => boolean) => Promise<number>) {
  const end = performance.now() + 20_000
  await read(page, 0)
  const acts = await act(page, () => performance.now() > end)
  await setTimeout(500)
  return { title, ...(await read(page, acts)) }
}

const host = await openScriptedHost()
const browser = await chromium.launch({ executablePath, args: chromiumArguments })
const rows: Row[] = []
const heap: (readonly [string, number])[] = []
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await watch(page)
  await page.goto(host.address())
  await page.getByRole('heading', { level: 1 }).waitFor()
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const goTo = async (address: string) => {
    await page.evaluate((hash) => {
      window.location.hash = hash
    }, `#/${address}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  const weigh = async (when: string) => heap.push([when, await heapMegabytes(session)])

  await weigh('before the first line')
  rows.push(await idle(page, 'switching screens, nothing arrives', goRound))
  await goTo(`logs/${encodeURIComponent(loud)}`)
  rows.push(await during(host, page, 'typing in the search of the log that grows', type))
  await weigh(`after ${lines.toLocaleString('en')} lines`)
  rows.push(await during(host, page, 'the same, with the log full', type))
  await weigh(`after ${(2 * lines).toLocaleString('en')} lines`)
  await goTo('logs')
  rows.push(await during(host, page, 'typing in the search of all logs, merged', type))
  await weigh(`after ${(3 * lines).toLocaleString('en')} lines, all logs merged`)
  rows.push(await during(host, page, 'switching screens while the log grows', goRound))
  await goTo('home')
  await weigh(`after ${(4 * lines).toLocaleString('en')} lines, with no log on screen`)
} finally {
  await browser.close()
  await host.close()
}

const ms = (value: number) => `${value.toFixed(0)} ms`
const table = [
  ['what', 'keys and clicks', 'p50', 'p95', 'slowest', 'long tasks'],
  ['---', '--:', '--:', '--:', '--:', '--:'],
  ...rows.map(({ title, latencies, longTasks }) => [
    title,
    String(latencies.length),
    ms(quantile(latencies, 0.5)),
    ms(quantile(latencies, 0.95)),
    ms(Math.max(...latencies)),
    longTasks.length === 0 ? 'none' : `${longTasks.length}, the longest ${ms(Math.max(...longTasks))}`,
  ]),
]
  .map((row) => `| ${row.join(' | ')} |`)
  .join('\n')
const memory = [
  ['live JavaScript objects', ''],
  ['---', '--:'],
  ...heap.map(([when, size]) => [when, `${size.toFixed(0)} MB`]),
]
  .map((row) => `| ${row.join(' | ')} |`)
  .join('\n')
const where = `${environmentCount} environments, ${serverCount} servers, ${lines.toLocaleString('en')} lines at ${perSecond.toLocaleString('en')} a second in each row that writes. ${process.platform}-${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${browser.version()}.`
const text = `${table}\n\n${memory}\n\n${where}`
console.log(text)
if (options.write) {
  const found = readFileSync(record, 'utf8')
  writeFileSync(record, found.replace(/(<!-- window -->\n)[\s\S]*?(<!-- end of window -->)/u, `$1${text}\n$2`))
}
