/** What the course promises about itself: every notion taught, every lab shown, every link alive. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import type { Activities } from '../labs/activities.ts'
import { relayRoleOf } from '../labs/wiring.ts'
import { ROOT, SITE } from '../scripts/build.ts'
import { filesUnder } from '../scripts/files.ts'
import { type Page, readPage } from './page.ts'

const SECTIONS = [
  ...[
    '8.1',
    '8.2',
    '8.3',
    '8.4',
    '8.4.1',
    '8.4.2',
    '8.5',
    '8.5.1',
    '8.5.2',
    '8.6',
    '8.6.1',
    '8.6.2',
    '8.6.3',
  ],
  ...['8.6.4', '8.6.5', '8.6.6', '8.6.7', '8.7'],
]
/** Short openings of a part, with neither lab nor coverage of their own. */
const OPENINGS = ['8.4', '8.6']
const slug = (section: string) => section.replaceAll('.', '-')

const pages = new Map<string, Page>()

before(async () => {
  for (const path of await filesUnder(SITE, ['.'])) {
    if (!path.endsWith('.html')) continue
    const url = `/${relative(SITE, path)
      .replace(/\\/g, '/')
      .replace(/index\.html$/, '')}`
    pages.set(url, readPage(await readFile(path, 'utf8')))
  }
  assert.ok(pages.size > 20, 'the site was not built')
})

async function yaml<T>(path: string): Promise<T> {
  return parse(await readFile(join(ROOT, path), 'utf8')) as T
}

describe('the sections', () => {
  for (const section of SECTIONS) {
    test(`section ${section} has its page`, () => {
      assert.ok(pages.has(`/chapitre-8/${slug(section)}/`))
    })
  }
})

interface Covered {
  id: string
  item: string
  anchor: string
  witness: string
}

describe('the coverage', () => {
  for (const section of SECTIONS.filter((name) => !OPENINGS.includes(name))) {
    test(`every notion of section ${section} is taught where the list says`, async () => {
      const list = await yaml<Covered[]>(`content/couverture/${slug(section)}.yaml`)
      assert.ok(list.length > 0)
      const page = pages.get(`/chapitre-8/${slug(section)}/`)
      assert.ok(page)
      for (const { id, anchor, witness } of list) {
        assert.ok(page.ids.has(anchor.replace(/^#/, '')), `${id}: no heading ${anchor}`)
        assert.ok(page.contains(witness), `${id}: « ${witness} » is not in the page`)
      }
    })
  }
})

interface Question {
  id: string
  question: string
  options: { text: string; right?: boolean; because: string }[]
}

describe('the quizzes', () => {
  for (const section of SECTIONS.filter((name) => !OPENINGS.includes(name))) {
    test(`the quiz of section ${section} has one right option a question and explains them all`, async () => {
      const { questions } = await yaml<{ questions: Question[] }>(`content/quiz/${slug(section)}.yaml`)
      assert.ok(questions.length >= 1)
      for (const { id, options } of questions) {
        assert.equal(options.filter(({ right }) => right).length, 1, `${id}: one right option`)
        for (const { because } of options)
          assert.ok(because.trim().length > 0, `${id}: an option is not explained`)
      }
    })
  }
})

describe('the labs', async () => {
  const ids = (await readdir(join(ROOT, 'labs'))).filter((id) =>
    existsSync(join(ROOT, 'labs', id, 'activites.ts')),
  )
  test('every lab has its activities, every lab is shown in a page of the course', async () => {
    const declared = (await readdir(join(ROOT, 'labs'))).filter((id) =>
      existsSync(join(ROOT, 'labs', id, 'lab.ts')),
    )
    const shown = new Set(
      [...pages].filter(([url]) => url.startsWith('/chapitre-8/')).flatMap(([, page]) => page.labs),
    )
    // The relay is a tool inserted into the other labs.
    const tools = await Promise.all(
      declared.map(async (id) => {
        const { default: lab } = await import(pathToFileURL(join(ROOT, 'labs', id, 'lab.ts')).href)
        return relayRoleOf(lab) ? [id] : []
      }),
    )
    const expected = declared.filter((id) => !tools.flat().includes(id))
    assert.deepEqual(
      expected.filter((id) => !shown.has(id)),
      [],
      'shown in no page: add <Lab id="…" />',
    )
    assert.deepEqual(
      expected.filter((id) => !ids.includes(id)),
      [],
      'no activites.ts',
    )
  })

  for (const id of ids) {
    test(`the activities of lab ${id} name files that exist`, async () => {
      const path = pathToFileURL(join(ROOT, 'labs', id, 'activites.ts')).href
      const { predict, modify, create } = (await import(path)).default as Activities
      for (const { file, command } of [...modify, ...create]) {
        assert.ok(existsSync(join(ROOT, file)), `${file} is missing`)
        const target = /npm run lab -- ([^\s]+)/.exec(command)?.[1]
        assert.ok(target?.startsWith(`${id}/`) || target, `${command}: no program of a lab`)
      }
      for (const { question, options } of predict) {
        assert.equal(options.filter(({ right }) => right).length, 1, question)
      }
      const names = create.map((exercise) => exercise.id)
      assert.equal(new Set(names).size, names.length, 'two exercises have the same id')
      const starters = await readdir(join(ROOT, 'labs', id, 'exercices')).catch(() => [])
      const used = new Set([...modify, ...create].map(({ file }) => basename(file)))
      assert.deepEqual(
        starters.filter((file) => !used.has(file)),
        [],
        'starting files that no exercise names',
      )
    })
  }
})

describe('the listings', () => {
  test('no page holds a pasted program: what is shown is a region of a file that runs', async () => {
    const pasted: string[] = []
    for (const path of await filesUnder(ROOT, ['content'])) {
      const fences = (await readFile(path, 'utf8')).matchAll(/^```(\w*)/gm)
      for (const [, lang] of fences) {
        if (/^(ts|typescript|js|javascript|c|cpp|h)$/.test(lang!))
          pasted.push(`${relative(ROOT, path)}: ${lang}`)
      }
    }
    assert.deepEqual(pasted, [])
  })
})

describe('the links', () => {
  test('every internal link leads to a page and to a heading that exist', () => {
    const dead: string[] = []
    for (const [url, page] of pages) {
      for (const href of page.links) {
        const target = new URL(href, `http://site${url}`)
        if (target.host !== 'site') continue
        const path = decodeURIComponent(target.pathname)
        const destination = pages.get(path) ?? pages.get(`${path}/`)
        if (!destination) {
          if (!existsSync(join(SITE, path))) dead.push(`${url} → ${href}`)
        } else if (target.hash && !destination.ids.has(decodeURIComponent(target.hash.slice(1)))) {
          dead.push(`${url} → ${href}`)
        }
      }
    }
    assert.deepEqual(dead, [])
  })

  test('no page loads anything from another host', () => {
    const outside = [...pages].flatMap(([url, page]) =>
      page.resources.filter((href) => /^(https?:)?\/\//.test(href)).map((href) => `${url} → ${href}`),
    )
    assert.deepEqual(outside, [])
  })
})

describe('the corrections', () => {
  const LIST = '/corrections/'

  test('each mark of a section leads to its entry, and the entry comes back to the mark', () => {
    const list = pages.get(LIST)
    assert.ok(list)
    const marks: string[] = []
    for (const [url, page] of pages) {
      if (!url.startsWith('/chapitre-8/')) continue
      for (const href of page.links.filter((link) => link.startsWith(`${LIST}#`))) {
        const id = href.slice(LIST.length + 1)
        assert.ok(page.ids.has(id), `${url}: the mark of ${id} has no name`)
        assert.ok(list.links.includes(`${url}#${id}`), `${id}: the entry does not come back to ${url}`)
        marks.push(id)
      }
    }
    assert.ok(marks.length > 0)
    assert.deepEqual([...new Set(marks)], marks, 'a correction is marked in two places')
  })

  test('a section says what is true; only the page of corrections speaks of the source chapter', async () => {
    const telling: string[] = []
    for (const path of await filesUnder(ROOT, ['content/chapitre-8', 'content/quiz'])) {
      const text = (await readFile(path, 'utf8')).replaceAll('/chapitre-8/', '')
      if (/chapitre|d'origine/i.test(text)) telling.push(relative(ROOT, path))
    }
    assert.deepEqual(telling, [])
  })
})
