/** A page of the course as its author wrote it: its head, its tags, its headings, its links. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createProcessor } from '@mdx-js/mdx'
import { z } from 'astro/zod'
import GithubSlugger from 'github-slugger'
import type { Nodes, Root } from 'mdast'
import { visit } from 'unist-util-visit'
import { VFile } from 'vfile'
import { pageHead } from './head.ts'
import type { Problem } from './problem.ts'
import { readYaml } from './yaml.ts'

const schema = pageHead({ image: () => z.any() as never })
export type Head = z.infer<typeof schema>

export interface Page {
  /** `content/chapitre-8/8-1.mdx`. */
  file: string
  /** Its address without slashes at its ends; empty for the home page. */
  slug: string
  /** The name of its file: `8-1`. */
  name: string
  /** What its author wrote. */
  text: string
  /** Null when it has problems. */
  head: Head | null
  /** Line where a key of the head stands. */
  headLine(key: string): number | undefined
  /** Null when it cannot be parsed. */
  tree: Root | null
  problems: Problem[]
}

const HEAD = /^---\n([\s\S]*?)\n---\n/

/** Every page under `content/`, in the order of their names. */
export function readPages(root: string): Page[] {
  const folder = join(root, 'content')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.mdx'))
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => readPage(`content/${path}`, readFileSync(join(folder, path), 'utf8')))
}

/** Reads a page from its text. */
export function readPage(file: string, text: string): Page {
  const slug = file.replace(/^content\//, '').replace(/(^|\/)index\.mdx$|\.mdx$/, '')
  const page = { file, slug, name: slug.split('/').at(-1) ?? '', text }
  const [whole, yaml] = HEAD.exec(text) ?? []
  if (whole === undefined) {
    const message =
      "cette page n'a pas d'en-tête : commencez-la par une ligne ---, ses clés, puis une autre ligne ---."
    return {
      ...page,
      head: null,
      headLine: () => undefined,
      tree: null,
      problems: [{ file, line: 1, message }],
    }
  }
  const head = readYaml(file, yaml ?? '', schema, 2)
  const body = parseBody(file, text.replace(whole, whole.replace(/[^\n]/g, ' ')))
  return {
    ...page,
    head: 'value' in head ? head.value : null,
    headLine: (key) => ('lineOf' in head ? head.lineOf([key]) : undefined),
    tree: body.tree,
    problems: [...head.problems, ...body.problems],
  }
}

const processor = createProcessor()

function parseBody(file: string, value: string): { tree: Root | null; problems: Problem[] } {
  try {
    return { tree: processor.parse(new VFile({ value, path: file })) as Root, problems: [] }
  } catch (error) {
    const { reason = String(error), line } = error as { reason?: string; line?: number }
    // A tag left open says its place in its words only.
    const place = line ?? (Number(/\((\d+):\d+/.exec(reason)?.[1]) || undefined)
    const message = `cette page ne se lit pas comme du MDX (${reason}) : vérifiez les balises et les accolades de ce passage.`
    return { tree: null, problems: [{ file, line: place, message }] }
  }
}

/** The words of a part of a page, without their marks. */
export function textOf(tree: Nodes): string {
  const words: string[] = []
  visit(tree, (node) => {
    if ('value' in node && typeof node.value === 'string' && !node.type.startsWith('mdx'))
      words.push(node.value)
  })
  return words.join('')
}

/** The ids of the headings of a page, as the site writes them; its title is `_top`. */
export function headingIds(tree: Root): Set<string> {
  const slugger = new GithubSlugger()
  const ids = new Set(['_top'])
  visit(tree, 'heading', (node) => {
    ids.add(slugger.slug(textOf(node)))
  })
  return ids
}
