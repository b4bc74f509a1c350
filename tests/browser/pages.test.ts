/** Every page of the course, as its readers meet it: light, silent, searchable, usable by keyboard. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import { ROOT, SITE } from '../../scripts/build.ts'
import { filesUnder } from '../../scripts/files.ts'
import { addresses } from './addresses.ts'
import { freePorts, panelOf, roleOf, useCourse, waitOutput, waitState } from './course.ts'

const course = useCourse()

/** What a page may ship before a lab is near, in compressed bytes, and the parts that count. */
const BUDGET = 60_000
const PARTS = new Set(['document', 'script', 'stylesheet'])

describe('layout', () => {
  test('no page is wider than its screen, from a phone to a projector', async () => {
    const page = await course.open('/', { token: false })
    const wide: string[] = []
    for (const path of addresses()) {
      await page.goto(`http://localhost:${course.runner.port}${path}`)
      for (const width of [390, 768, 1280, 1920]) {
        await page.setViewportSize({ width, height: 900 })
        const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        if (excess > 0) wide.push(`${path} by ${excess} px at ${width} px`)
      }
    }
    assert.deepEqual(wide, [])
  })
})

describe('weight', () => {
  test('a page of the course weighs at most 60 kB, compressed and without its fonts, before a lab is near', async () => {
    const page = await course.open('/glossaire/', { token: false })
    const asked = new Set<string>()
    page.on('request', (request) => {
      if (PARTS.has(request.resourceType())) asked.add(new URL(request.url()).pathname)
    })
    const heavy: string[] = []
    for (const path of addresses().filter((address) => /^\/(chapitre-8\/.*|progression\/)?$/.test(address))) {
      asked.clear()
      await page.goto(`http://localhost:${course.runner.port}${path}`, { waitUntil: 'networkidle' })
      assert.ok(
        ['.js', '.css', '/'].every((end) => [...asked].some((name) => name.endsWith(end))),
        `${path}: only ${[...asked].join(' ')} were seen`,
      )
      const weights = [...asked].map((name) => brotliCompressSync(readFileSync(fileOf(name))).length)
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      if (total > BUDGET) heavy.push(`${path}: ${total} bytes in ${weights.length} files`)
    }
    assert.deepEqual(heavy, [])
  })
})

function fileOf(address: string): string {
  return join(SITE, address.endsWith('/') ? `${address}index.html` : address)
}

describe('listings', () => {
  test('« Copier » gives the source, byte for byte, on every page', async () => {
    const page = await course.open('/glossaire/', { token: false })
    const blocks = await writtenBlocks()
    const wrong: string[] = []
    let copied = 0
    for (const path of addresses()) {
      await page.goto(`http://localhost:${course.runner.port}${path}`)
      const all = await page.evaluate(async () => {
        const given: { name: string | undefined; numbers: number[]; text: string }[] = []
        for (const listing of document.querySelectorAll<HTMLElement>('.pd-listing')) {
          await navigator.clipboard.writeText('')
          const button = listing.querySelector<HTMLButtonElement>('.pd-copy')!
          button.click()
          while (button.textContent !== 'Copié') await new Promise(requestAnimationFrame)
          const lines = [...listing.querySelectorAll<HTMLElement>('.line')]
          given.push({
            // A block of the text is of no file.
            name: listing.dataset.source,
            numbers: lines.map((line) => Number(line.dataset.line)),
            text: await navigator.clipboard.readText(),
          })
        }
        return given
      })
      copied += all.length
      for (const { name, numbers, text } of all) {
        const right = name === undefined ? blocks.has(text) : text === sourceOf(name, numbers)
        if (!right) wrong.push(`${path} ${name ?? 'a block'}:\n${text}`)
      }
    }
    assert.deepEqual(wrong, [])
    assert.ok(copied > 50, `only ${copied} listings were found`)
  })
})

/** The blocks of code that the texts of the course write. */
async function writtenBlocks(): Promise<Set<string>> {
  const texts = (await filesUnder(ROOT, ['content'])).filter((path) => path.endsWith('.mdx'))
  const written = texts.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/^```\w+\n(.*?)\n```$/gms)])
  return new Set(written.map(([, code]) => code!))
}

/** These lines of a file of the labs, without the margin that they share. */
function sourceOf(name: string, numbers: readonly number[]): string {
  const all = readFileSync(join(ROOT, 'labs', name), 'utf8').split('\n')
  const lines = numbers.map((number) => all[number - 1]!)
  const margin = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)))
  return lines.map((line) => line.slice(margin)).join('\n')
}

describe('search', () => {
  test('a word without its accents finds its sections, offline', async () => {
    const page = await course.open('/chapitre-8/8-1/')
    await page
      .getByRole('button', { name: /Rechercher/ })
      .first()
      .click()
    await page
      .getByRole('dialog')
      .getByRole('textbox')
      .or(page.getByRole('dialog').getByRole('searchbox'))
      .fill('reseau')
    const result = page.locator('.pagefind-ui__result-link').first()
    await result.waitFor()
    assert.match((await result.getAttribute('href')) ?? '', /^\//)
  })
})

describe('the keyboard', () => {
  test('a section, its quiz and its lab are done without a mouse', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    const panel = page.locator('section[data-lab="refus"]')
    await panelOf(page, 'refus')
    await freePorts(panel)
    await page.evaluate(() => {
      scrollTo(0, 0)
      ;(document.activeElement as HTMLElement | null)?.blur()
    })

    /** Presses Tab until the focus is where the selector says; a terminal, which keeps Tab, is left by Escape twice. */
    const tabTo = async (selector: string) => {
      for (let presses = 0; presses < 400; presses += 1) {
        if (await page.evaluate(() => document.activeElement?.closest('.xterm') !== null)) {
          await page.keyboard.press('Escape')
          await page.keyboard.press('Escape')
        }
        await page.keyboard.press('Tab')
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector))
          return
      }
      assert.fail(`the keyboard never reaches ${selector}`)
    }

    await tabTo('.pd-recall > summary')
    await page.keyboard.press('Enter')
    await tabTo('.pd-recall .pd-question:not([hidden]) summary')
    await page.keyboard.press('Enter')
    assert.equal(await page.locator('.pd-recall details[open]').count(), 1)
    await page.locator('.pd-states').getByText('Rappel : 1 sur 2').waitFor()

    await tabTo('[data-action="launch-all"]')
    await page.keyboard.press('Enter')
    await waitOutput(roleOf(panel, 'client-2'), /OCCUPÉ/)
    await waitState(roleOf(panel, 'client-2'), 'ended')

    await tabTo('.pd-quiz summary')
    await page.keyboard.press('Enter')
    assert.equal(await page.locator('.pd-quiz details[open]').count(), 1)
  })
})

describe('the quizzes', () => {
  test('a missed question is explained, then asked again two sections later', async () => {
    const page = await course.open('/chapitre-8/8-1/')
    const question = page.locator('.pd-quiz .pd-question').last()
    const asked = await question.locator('.pd-asked').innerText()
    const wrong = question.locator('li:not([data-right])').first()
    await wrong.locator('summary').click()
    await wrong.getByText('Non.').waitFor()
    await page.goto(`http://localhost:${course.runner.port}/chapitre-8/8-3/`)
    await page.locator('.pd-recall > summary').click()
    const again = page.locator('.pd-recall .pd-question[data-again]')
    await again.waitFor()
    assert.equal(await again.locator('.pd-asked').innerText(), asked)
  })

  test('an answer is shown again after a reload, and only what was opened', async () => {
    const page = await course.open('/chapitre-8/8-1/')
    const question = page.locator('.pd-quiz .pd-question').first()
    await question.locator('li:not([data-right]) summary').first().click()
    const chosen = await question.locator('details[open]').innerText()
    await page.reload()
    await question.locator('details[open]').waitFor()
    assert.equal(await question.locator('details[open]').innerText(), chosen)
    assert.equal(await page.locator('.pd-quiz details[open]').count(), 1)
    await page
      .locator('.pd-states')
      .getByText(/^Quiz.: 1 sur/)
      .waitFor()
  })
})

describe('the top of a section', () => {
  test('« Aller au labo » shows the whole width of the panel under the header', async () => {
    const page = await course.open('/chapitre-8/8-6-7/', { width: 1920 })
    const rail = page.locator('.pd-rail')
    await rail.waitFor()
    await page.getByRole('link', { name: 'Aller au labo' }).click()
    const panel = page.locator('section[data-lab="refus"]')
    await page.waitForFunction(() => {
      const { top } = document.querySelector('section[data-lab="refus"]')!.getBoundingClientRect()
      return top >= 56 && top < 56 + 40
    })
    const box = (await panel.boundingBox())!
    const room = await page.evaluate(() => document.documentElement.clientWidth)
    assert.ok(room - (box.x + box.width) <= 24 && box.x <= 248 + 24, 'the panel does not take the main area')
    await page.locator('.pd-rail[data-crossed]').waitFor({ state: 'attached' })
    assert.equal(await rail.isVisible(), false)
  })

  test('the only primary action leads to the lab; a section without one has none', async () => {
    const page = await course.open('/chapitre-8/8-4/')
    await page.locator('.pd-title-row').waitFor()
    assert.equal(await page.locator('.pd-title .pd-action:not(.pd-action-quiet)').count(), 0)
    await page.goto(`http://localhost:${course.runner.port}/chapitre-8/8-6-4/`)
    assert.equal(await page.locator('.pd-title .pd-action:not(.pd-action-quiet)').count(), 1)
  })
})

describe('home', () => {
  test('a new visitor begins, one who was here resumes', async () => {
    const page = await course.open('/')
    await page.getByRole('link', { name: 'Commencer par la section 8.1' }).waitFor()
    await page.goto(`http://localhost:${course.runner.port}/chapitre-8/8-5-1/`)
    await page.locator('.pd-states').waitFor()
    await page.goto(`http://localhost:${course.runner.port}/`)
    await page.getByRole('link', { name: /^Reprendre : 8\.5\.1/ }).waitFor()
    assert.equal(await page.locator('.pd-path [data-here]').getAttribute('data-section'), '8.5.1')
  })
})

describe('an idle page', () => {
  test('nothing moves on any of these pages', async () => {
    const page = await course.open('/', { token: false })
    const moving: string[] = []
    for (const path of addresses()) {
      await page.goto(`http://localhost:${course.runner.port}${path}`, { waitUntil: 'networkidle' })
      const running = await page.evaluate(
        () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
      )
      if (running > 0) moving.push(`${path}: ${running} animations`)
    }
    assert.deepEqual(moving, [])
  })
})

describe('the colours of the system', () => {
  test('what is chosen or pressed is outlined', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    await page.emulateMedia({ forcedColors: 'active' })
    await panelOf(page, 'refus')
    for (const selector of ['[aria-selected="true"]', '.pd-side-part [aria-current="page"]']) {
      const outline = await page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).outlineStyle)
      assert.equal(outline, 'solid', selector)
    }
  })
})

describe('a finger', () => {
  test('what is to be touched outside a panel is 40 px high on a phone', async () => {
    const page = await course.open('/', { token: false, width: 390 })
    const small: string[] = []
    for (const path of ['/', '/progression/', '/chapitre-8/8-6-7/']) {
      await page.goto(`http://localhost:${course.runner.port}${path}`)
      const found = await page.evaluate(() =>
        [
          ...document.querySelectorAll<HTMLElement>(
            'button, summary, .pd-action, .pd-path a, header a, .pd-contents-line a',
          ),
        ]
          .filter((element) => element.checkVisibility() && !element.closest('lab-panel, .pd-figure'))
          .filter((element) => element.getBoundingClientRect().height < 40)
          .map((element) => `${element.className} ${element.textContent?.trim().slice(0, 30)}`),
      )
      small.push(...found.map((element) => `${path} ${element}`))
    }
    assert.deepEqual(small, [])
  })
})

describe('progress', () => {
  test('a missed question is to be seen again, where the page leads', async () => {
    const page = await course.open('/chapitre-8/8-1/')
    const question = page.locator('.pd-quiz .pd-question').first()
    const asked = await question.locator('.pd-asked').innerText()
    await question.locator('li:not([data-right]) summary').first().click()
    await page.goto(`http://localhost:${course.runner.port}/progression/`)
    const row = page.locator('li[data-section="8.1"]')
    await row.getByText('1 à revoir').waitFor()
    await page.locator('.pd-again a:visible').click()
    await page.locator('.pd-question:target').waitFor()
    assert.equal(await page.locator('.pd-question:target .pd-asked').innerText(), asked)
  })

  test('a lab shown in two sections counts in both', async () => {
    const page = await course.open('/progression/')
    for (const section of ['8.6.3', '8.6.4']) {
      const beats = page.locator(`li[data-section="${section}"] [data-beat]`)
      assert.equal(await beats.count(), 5, section)
    }
  })

  test('an answer is kept, saved to a file, erased and restored', async () => {
    const page = await course.open('/chapitre-8/8-1/')
    await page.locator('.pd-quiz [data-right] summary').first().click()
    await page.goto(`http://localhost:${course.runner.port}/progression/`)
    const row = page.locator('li[data-section="8.1"]')
    await row.getByText(/^1 juste sur/).waitFor()

    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    const file = await (await saved).path()

    await page.getByRole('button', { name: 'Tout effacer' }).click()
    await page.getByRole('button', { name: 'Tout effacer' }).click()
    await row.getByText(/^\d questions$/).waitFor()

    await page.locator('input[type=file]').setInputFiles(file)
    await row.getByText(/^1 juste sur/).waitFor()
  })

  test('a file that is not a progress is refused and nothing is lost', async () => {
    const page = await course.open('/chapitre-8/8-1/')
    await page.locator('.pd-quiz [data-right] summary').first().click()
    await page.goto(`http://localhost:${course.runner.port}/progression/`)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'photo.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') })
    await page.getByText('Rien n’a changé').waitFor()
    await page
      .locator('li[data-section="8.1"]')
      .getByText(/^1 juste sur/)
      .waitFor()
  })
})

describe('the twin listings', () => {
  test('pointing at a Qt line lights its TypeScript twin', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    const line = page.locator('pd-twins [data-twin]').first()
    await line.hover()
    const twin = await line.getAttribute('data-twin')
    const lit = page.locator('pd-twins').first().locator(`[data-twin="${twin}"][data-lit]`)
    assert.equal(await lit.count(), 2)
  })
})
