import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pageHeads, sidebar } from './sidebar.ts'

let folder: string
const page = (head: string) => `---\n${head}\n---\n\nTexte.\n`

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prise-directe-'))
  await mkdir(join(folder, 'chapitre-8'))
  const write = (path: string, head: string) => writeFile(join(folder, path), page(head))
  await write('index.mdx', 'title: Accueil')
  await write('glossaire.mdx', 'title: Glossaire\npart: plus\norder: 910')
  await write('chapitre-8/8-2.mdx', 'title: TCP ou UDP ?\nsection: "8.2"\npart: bases\norder: 820')
  await write(
    'chapitre-8/8-1.mdx',
    'title: Long\nsidebarLabel: Court\nsection: "8.1"\npart: bases\norder: 810',
  )
})
after(() => rm(folder, { recursive: true }))

test('the pages of a part stand in their order, the others nowhere', () => {
  const slugs = pageHeads(folder).map(({ slug }) => slug)
  assert.deepEqual(slugs, ['chapitre-8/8-1', 'chapitre-8/8-2', 'glossaire'])
})

test('a page shows its short label and its section number', () => {
  const [bases] = sidebar(folder)
  assert.deepEqual(bases, {
    label: 'Les bases',
    items: [
      { label: 'Court', link: '/chapitre-8/8-1/', attrs: { 'data-section': '8.1' } },
      { label: 'TCP ou UDP\u202f?', link: '/chapitre-8/8-2/', attrs: { 'data-section': '8.2' } },
    ],
  })
})

test('progress opens the last group, print closes it', () => {
  const links = sidebar(folder)
    .at(-1)!
    .items.map(({ link }) => link)
  assert.deepEqual(links, ['/progression/', '/glossaire/', '/imprimer/'])
})

test('a page tells the labs that its text names, wherever they were written for', async () => {
  await writeFile(
    join(folder, 'chapitre-8/8-3.mdx'),
    `${page('title: Trois\nsection: "8.3"\npart: bases\norder: 830')}\n<Lab id="udp" />\n\n<Lab id="appels" />\n`,
  )
  assert.deepEqual(pageHeads(folder).find(({ section }) => section === '8.3')?.labs, ['udp', 'appels'])
})
