// Read an e-book in one engine, as a person would, and write what was seen to standard output.
//
//   node read.mjs PLAN.json
//
// The plan names the engine, the browser, the folders and the places to go to; for each place it
// has letters that must be seen there. They are waited for, and what was seen is told either way.

import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const plan = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))
const here = import.meta.dirname
const looks = fs.readFileSync(path.join(here, 'looks.js'), 'utf8')
// The viewer lays out sheets of A4; the others fill their window.
const SIZE = plan.engine === 'vivliostyle' ? { width: 1000, height: 1250 } : { width: 600, height: 800 }
const PATIENCE = +(process.env.PATIENCE ?? 15_000)
const TYPES = {
  css: 'text/css', epub: 'application/epub+zip', html: 'text/html', jpg: 'image/jpeg',
  js: 'text/javascript', mjs: 'text/javascript', ncx: 'application/x-dtbncx+xml',
  opf: 'application/oebps-package+xml', png: 'image/png', svg: 'image/svg+xml',
  xhtml: 'application/xhtml+xml', xml: 'application/xml',
}

const place = address => {
  const name = decodeURIComponent(new URL(address, 'http://x').pathname)
  for (const [start, folder] of [['/packages/', plan.packages], ['/book/', plan.unzipped]]) {
    if (name.startsWith(start)) return path.join(folder, name.slice(start.length))
  }
  return name === '/book.epub' ? plan.epub : path.join(here, name)
}

const server = http.createServer((request, response) => {
  fs.readFile(place(request.url), (fault, content) => {
    const type = TYPES[path.extname(place(request.url)).slice(1)] ?? 'application/octet-stream'
    response.writeHead(fault ? 404 : 200, { 'content-type': type })
    response.end(fault ? '' : content)
  })
})

const letters = text => text.replace(/[\s\u00ad]+/g, '')
const pause = time => new Promise(resolve => setTimeout(resolve, time))

class Screen {
  constructor(page, within = '') {
    this.page = page
    this.within = within
    this.faults = []
    page.on('pageerror', fault => this.faults.push(String(fault.message ?? fault)))
    page.on('response', answer => {
      if (answer.status() >= 400 && !answer.url().endsWith('/favicon.ico')) this.faults.push(`${answer.status()} ${answer.url()}`)
    })
  }

  // Give the frames that a person sees, and where their corners are.
  async frames() {
    const found = []
    for (const frame of this.page.frames()) {
      if (frame === this.page.mainFrame()) {
        if (this.within) found.push({ frame, left: 0, top: 0 })
        continue
      }
      const element = await frame.frameElement().catch(() => null)
      const box = await element?.boundingBox().catch(() => null)
      if (box) found.push({ frame, left: box.x, top: box.y })
    }
    return found
  }

  async look() {
    const seen = []
    for (const { frame, left, top } of await this.frames()) {
      const asked = JSON.stringify({ ...SIZE, left, top, within: this.within })
      seen.push(await frame.evaluate(`(${looks.trim()})(${asked})`).catch(() => null))
    }
    return seen.filter(one => one)
  }

  async words() {
    return (await this.look()).map(one => one.words).join(' ')
  }

  // Wait until letters are seen; give the words seen last.
  async until(sought) {
    const end = Date.now() + PATIENCE
    let words = ''
    do {
      words = await this.words()
      if (letters(words).includes(letters(sought))) return words
      await pause(40)
    } while (Date.now() < end)
    return words
  }

  // Press a link with the mouse where it is seen.
  async press(selector) {
    const end = Date.now() + PATIENCE
    do {
      for (const { frame, left, top } of await this.frames()) {
        const spots = await frame.evaluate((selector, within) => {
          const root = within ? document.querySelector(within) : document
          return [...(root?.querySelectorAll(selector) ?? [])].flatMap(link =>
            [...link.getClientRects()].map(box => [box.left + box.width / 2, box.top + box.height / 2]))
        }, selector, this.within).catch(() => [])
        const spot = spots.find(([x, y]) =>
          x + left > 0 && x + left < SIZE.width && y + top > 0 && y + top < SIZE.height)
        if (!spot) continue
        // As long as a finger takes: an engine first looks at what has the focus.
        await this.page.mouse.click(spot[0] + left, spot[1] + top, { delay: 80 })
        return
      }
      await pause(40)
    } while (Date.now() < end)
    this.faults.push(`nothing to press: ${selector}`)
  }

  async photograph(name) {
    await this.page.screenshot({ path: path.join(plan.shots, `${plan.engine}-${name}.png`) })
  }
}

// An engine whose page offers `window.reader`.
class Library {
  constructor(browser, base) {
    this.browser = browser
    this.base = base
  }

  async open() {
    this.page = await this.browser.newPage()
    await this.page.setViewport(SIZE)
    this.screen = new Screen(this.page)
    await this.page.goto(`${this.base}${plan.engine}.html`)
    await this.page.waitForFunction('window.isReady', { timeout: PATIENCE })
    this.lines = await this.ask('contents')
    this.numbers = await this.ask('pages')
  }

  ask(name, ...given) {
    return this.page.evaluate((name, given) => window.reader[name]?.(...given), name, given)
  }

  async #goTo(lines, label) {
    const line = lines.find(line => letters(line.label) === letters(label))
    if (line) await this.ask('goTo', line.href)
    else this.screen.faults.push(`not listed: ${label}`)
  }

  #goToPlace(href) {
    return this.ask('goTo', plan.engine === 'foliate' ? `${path.dirname(plan.opf)}/${href}` : href)
  }

  goTo(entry) { return this.#goTo(this.lines, entry.label) }
  toPage(page) { return this.#goTo(this.numbers, page.label) }
  toCall(note) { return this.#goToPlace(note.call) }
  toSight(sight) { return this.#goToPlace(sight.href) }
  resize(size) { return this.ask('resize', size) }
  darken() { return this.ask('darken') }
  rest() { return pause(300) }
}

// The Vivliostyle Viewer, by its own buttons and keys.
class Viewer {
  constructor(browser, base) {
    this.browser = browser
    this.base = base
  }

  async open(style = '') {
    const faults = this.screen?.faults ?? []
    this.page = await this.browser.newPage()
    await this.page.setViewport(SIZE)
    this.screen = new Screen(this.page, '[data-vivliostyle-viewer-viewport]')
    this.screen.faults.push(...faults)
    const source = `src=/book/${plan.opf}&bookMode=true&renderAllPages=false&spread=false${style}`
    await this.page.goto(`${this.base}packages/@vivliostyle/viewer/lib/index.html#${source}`)
    await this.rest()
    await this.#show(true)
    await this.page.waitForSelector('[data-vivliostyle-toc-box] nav#lot', { timeout: PATIENCE })
    this.lines = await this.page.evaluate(() => {
      const links = [...document.querySelectorAll('[data-vivliostyle-toc-box] a[href]')]
      const first = links[0].closest('nav')
      return links.filter(link => link.closest('nav') === first).map(link => ({ label: link.textContent }))
    })
    this.numbers = []
    await this.#show(false)
  }

  // Open or close the contents.
  async #show(wanted) {
    const toggle = '#vivliostyle-menu-item_toc-toggle'
    await this.page.waitForSelector(`${toggle}:not(.vivliostyle-menu-disabled)`, { timeout: PATIENCE })
    const isOpen = await this.page.evaluate(toggle => document.querySelector(toggle).classList.contains('on'), toggle)
    if (isOpen !== wanted) await this.page.click(toggle)
    if (wanted) await this.page.waitForSelector('[data-vivliostyle-toc-box] a[href]', { timeout: PATIENCE, visible: true })
    await this.rest()
  }

  async goTo(entry) {
    await this.#show(true)
    await this.page.evaluate(label => {
      const plain = text => text.replace(/\s+/g, '')
      const links = [...document.querySelectorAll('[data-vivliostyle-toc-box] a[href]')]
      links.find(link => plain(link.textContent) === plain(label)).click()
    }, entry.label)
    await this.rest()
    await this.#show(false)
  }

  // The lists of figures and tables stand with the contents.
  toSight(sight) { return this.goTo(sight) }

  // To the chapter by the contents, and on page by page.
  async toCall(note) {
    await this.goTo(note.chapter)
    await this.screen.until(note.chapter.words)
    for (let turned = 0; turned < 40; turned++) {
      if (letters(await this.screen.words()).includes(letters(note.before))) return
      await this.page.keyboard.press('PageDown')
      await this.rest()
    }
  }

  // One press of its button is an eighth more.
  async resize() {
    await this.page.click('#vivliostyle-menu-item_text-size-larger')
    await pause(500)
  }

  async darken() {
    await this.page.close()
    await this.open(`&userStyle=${this.base}night.css`)
    await this.goTo(plan.chapters[0])
    await this.screen.until(plan.chapters[0].words)
  }

  async rest() {
    await pause(300)
    await this.page.waitForSelector('[data-vivliostyle-viewer-status=complete], [data-vivliostyle-viewer-status=interactive]', { timeout: PATIENCE })
  }
}

const ENGINES = { foliate: Library, epubjs: Library, vivliostyle: Viewer }

async function read(reader) {
  await reader.open()
  const told = { engine: plan.engine, contents: reader.lines, pages: reader.numbers, chapters: [] }
  for (const [n, chapter] of plan.chapters.entries()) {
    told.chapters.push(await go(reader, chapter, `${n + 1}-chapter`))
  }
  told.note = await followNote(reader)
  if (plan.page && reader.toPage) {
    await reader.toPage(plan.page)
    told.page = await reader.screen.until(plan.page.words)
    await reader.screen.photograph('6-page')
  }
  const [first] = plan.chapters
  await go(reader, first)
  told.looks = { day: await reader.screen.look() }
  await reader.resize(150)
  await reader.rest()
  told.looks.large = await reader.screen.look()
  await reader.screen.photograph('7-large')
  await reader.darken()
  await reader.rest()
  told.looks.night = await reader.screen.look()
  await reader.screen.photograph('8-night')
  for (const [n, sight] of plan.sights.entries()) {
    await reader.toSight(sight)
    await reader.screen.until(sight.words)
    await reader.rest()
    told.looks[`night ${sight.label}`] = await reader.screen.look()
    await reader.screen.photograph(`9-night-${n + 1}`)
  }
  if (plan.engine === 'foliate') told.links = await followAll(reader)
  told.faults = reader.screen.faults
  return told
}

// Go to a line of the contents; give the words that are seen there.
async function go(reader, entry, name = '') {
  await reader.goTo(entry)
  await reader.screen.until(entry.words)
  await reader.rest()
  if (name) await reader.screen.photograph(name)
  return reader.screen.words()
}

async function followNote(reader) {
  const { screen } = reader
  const note = plan.note
  const told = {}
  if (plan.engine === 'foliate') {
    await reader.toCall(note)
    await screen.until(note.before)
    await reader.ask('popUp', true)
    await screen.press(`a[href$="${note.id}"]`)
    told.popUp = await screen.until(note.words)
    await screen.photograph('4-pop-up')
    await reader.ask('popUp', false)
  }
  await reader.toCall(note)
  told.before = await screen.until(note.before)
  await screen.press(`a[href$="${note.id}"]`)
  told.there = await screen.until(note.words)
  await reader.rest()
  await screen.photograph('5-note')
  await screen.press(`a[href$="${note.back}"]`)
  told.back = await screen.until(note.before)
  return told
}

async function followAll(reader) {
  const followed = await reader.ask('links')
  const broken = {}
  for (const href of followed) {
    const fault = await reader.ask('follow', href)
    if (fault) broken[href] = fault
  }
  return { followed, broken }
}

const { launch } = await import(pathToFileURL(
  createRequire(path.join(plan.packages, 'x.js')).resolve('puppeteer-core')))
  .then(module => module.default ?? module)
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const browser = await launch({
  executablePath: plan.browser,
  args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--force-color-profile=srgb',
    '--proxy-server=127.0.0.1:9'],
})
try {
  const reader = new ENGINES[plan.engine](browser, `http://127.0.0.1:${server.address().port}/`)
  process.stdout.write(JSON.stringify(await read(reader)))
} finally {
  await browser.close()
  server.close()
}
