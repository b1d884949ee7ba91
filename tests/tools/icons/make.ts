// `npm run icons`: draws every picture of resources/icons and resources/tray from the sources there, with Chromium as the brush.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { chromiumArguments, chromiumPath } from '../chromium.ts'
import { icnsOf } from './icns.ts'
import { icoOf } from './ico.ts'
import type { Sized } from './ico.ts'
import { resources, sizes, sources, stamp, stampFile, trayStates, trayTones } from './plan.ts'

/** Up to this many pixels the simple drawing is used. */
const smallUpTo = 32
/** macOS draws its shadows into the rest. Source: Apple's icon template, 824 of 1024. */
const macScale = 824 / 960

const source = (name: string) => readFileSync(path.join(sources, `${name}.svg`), 'utf8')

async function draw(page: Page, svg: string, size: number, style = ''): Promise<Sized> {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}${style}</style>${svg}`)
  return { size, png: await page.screenshot({ omitBackground: true }) }
}

function save(file: string, content: Buffer | string): void {
  const target = path.join(resources, file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, content)
  console.log(`${file}, ${content.length} bytes`)
}

async function drawAll<T extends readonly number[]>(list: T, one: (size: number) => Promise<Sized>): Promise<Sized[]> {
  const drawn: Sized[] = []
  for (const size of list) drawn.push(await one(size))
  return drawn
}

async function drawApp(page: Page): Promise<void> {
  const app = (size: number) => draw(page, source(size <= smallUpTo ? 'app-small' : 'app'), size)
  for (const { size, png } of await drawAll(sizes.app, app)) save(`icons/${size}x${size}.png`, png)
  save('icons/icon.ico', icoOf(await drawAll(sizes.appWindows, app)))
  const mac = (size: number) => draw(page, source('app'), size, `svg{transform:scale(${macScale})}`)
  save('icons/icon.icns', icnsOf(await drawAll(sizes.appMac, mac)))
}

async function drawTray(page: Page): Promise<void> {
  const colours = (ink: string, lamp: string) => `.line{fill:none;stroke:${ink}}.lamp{fill:${lamp}}`
  for (const state of trayStates) {
    const svg = source(`tray-${state}`)
    for (const [tone, { ink, lamp }] of Object.entries(trayTones)) {
      const one = (size: number) => draw(page, svg, size, colours(ink, lamp[state]))
      save(`tray/${state}-${tone}.ico`, icoOf(await drawAll(sizes.trayWindows, one)))
      save(`tray/${state}-${tone}.png`, (await one(sizes.trayLinux)).png)
      save(`tray/${state}-${tone}@2x.png`, (await one(sizes.trayLinux * 2)).png)
    }
    const template = (size: number) => draw(page, svg, size, colours('#000', '#000'))
    save(`tray/${state}Template.png`, (await template(sizes.trayMac)).png)
    save(`tray/${state}Template@2x.png`, (await template(sizes.trayMac * 2)).png)
  }
}

const executablePath = chromiumPath()
if (executablePath === undefined) throw new Error('The pictures are drawn with Chromium, and there is none')
const browser = await chromium.launch({ executablePath, args: chromiumArguments })
try {
  const page = await browser.newPage()
  await drawApp(page)
  await drawTray(page)
  writeFileSync(stampFile, `${stamp()}\n`)
} finally {
  await browser.close()
}
