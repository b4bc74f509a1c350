import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { neighbours, pageHeads, sidebar } from './sidebar.ts'

let folder: string
const page = (head: string) => `---\n${head}\n---\n\nTexte.\n`

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prise-directe-'))
  await mkdir(join(folder, 'chapitre-8'))
  const write = (path: string, head: string) => writeFile(join(folder, path), page(head))
  await write('index.mdx', 'title: Accueil')
  await write('glossaire.mdx', 'title: Glossaire\npart: plus\norder: 910')
  await write('chapitre-8/8-2.mdx', 'title: TCP ou UDP ?\nsection: "8.2"\npart: bases\norder: 820')
  await write('chapitre-8/8-1.mdx', 'title: Court\nsection: "8.1"\npart: bases\norder: 810')
})
after(() => rm(folder, { recursive: true }))

test('the pages of a part stand in their order, the others nowhere', () => {
  const slugs = pageHeads(folder).map(({ slug }) => slug)
  assert.deepEqual(slugs, ['chapitre-8/8-1', 'chapitre-8/8-2', 'glossaire'])
})

test('a page shows its title and its section number, the current one is marked', () => {
  const [bases] = sidebar(folder, '/chapitre-8/8-2/')
  assert.equal(bases?.label, 'Les bases')
  const link = { type: 'link', badge: undefined }
  assert.deepEqual(bases?.entries, [
    { ...link, label: 'Court', href: '/chapitre-8/8-1/', isCurrent: false, attrs: { 'data-section': '8.1' } },
    {
      ...link,
      label: 'TCP ou UDP ?',
      href: '/chapitre-8/8-2/',
      isCurrent: true,
      attrs: { 'data-section': '8.2' },
    },
  ])
})

test('progress opens the last group, print closes it', () => {
  const links = sidebar(folder, '/')
    .at(-1)!
    .entries.map(({ href }) => href)
  assert.deepEqual(links, ['/progression/', '/glossaire/', '/imprimer/'])
})

test('the neighbours of a page cross the groups; a page out of the sidebar has none', () => {
  const { prev, next } = neighbours(sidebar(folder, '/chapitre-8/8-2/'))
  assert.deepEqual([prev?.href, next?.href], ['/chapitre-8/8-1/', '/progression/'])
  assert.deepEqual(neighbours(sidebar(folder, '/ailleurs/')), { prev: undefined, next: undefined })
})

test('a page tells the labs that its text names, wherever they were written for', async () => {
  const path = join(folder, 'chapitre-8', '8-3.mdx')
  const head = 'title: Trois\nsection: "8.3"\npart: bases\norder: 830'
  await writeFile(path, `${page(head)}\n<Lab id="udp" />\n\n<Lab id="appels" />\n`)
  try {
    const labs = pageHeads(folder).find(({ section }) => section === '8.3')?.labs
    assert.deepEqual(labs, ['udp', 'appels'])
  } finally {
    await rm(path)
  }
})

test('a page added since is there at once', async () => {
  const path = join(folder, 'chapitre-8', '8-3.mdx')
  await writeFile(path, page('title: Nouvelle\nsection: "8.3"\npart: bases\norder: 815'))
  try {
    assert.equal(sidebar(folder, '/')[0]?.entries[1]?.label, 'Nouvelle')
  } finally {
    await rm(path)
  }
})
