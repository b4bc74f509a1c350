/**
 * `npm run grammaire`: what Grammalecte thinks of the course's prose. A report to read, not a gate: half of what it
 * says is about technical words.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { compose } from '../site/typography.ts'
import { ROOT } from './build.ts'
import { filesUnder } from './files.ts'

interface Report {
  data: {
    iParagraph: number
    lGrammarErrors: { nStart: number; nEnd: number; sMessage: string; sRuleId: string }[]
  }[]
}

/** The prose of a page: code, tags and front matter removed, one line for each of the source. */
function proseOf(page: string): string[] {
  const blank = (text: string) => text.replace(/[^\n]/g, '')
  return page
    .replace(/^---\n[\s\S]*?\n---\n/, blank)
    .replace(/```[\s\S]*?```/g, blank)
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, blank)
    .replace(/^\|.*$/gm, '')
    .split('\n')
    .map((line) =>
      compose(
        line
          .replace(/`[^`]*`/g, 'Qt')
          .replace(/<[^>]*>/g, '')
          .replace(/\]\([^)]*\)/g, '')
          .replace(/^\s*(#+|[-*]|\d+\.)\s*/, '')
          .replace(/[*[\]]/g, ''),
      ),
    )
}

const folder = await mkdtemp(join(tmpdir(), 'grammaire-'))
try {
  for (const path of await filesUnder(ROOT, ['content'])) {
    if (!path.endsWith('.mdx')) continue
    const lines = proseOf(await readFile(path, 'utf8'))
    const file = join(folder, 'prose.txt')
    await writeFile(file, lines.join('\n'))
    const { stdout, error } = spawnSync(
      'grammalecte-cli',
      ['-f', file, '-j', '-owe', '-off', 'apos', 'nbsp', 'esp', 'typo', 'num'],
      {
        encoding: 'utf8',
      },
    )
    if (error) {
      console.log(
        'Grammalecte est absent : « sudo apt install grammalecte-cli » sous Debian ou Ubuntu, puis relancez.',
      )
      break
    }
    const { data } = JSON.parse(stdout) as Report
    for (const { iParagraph, lGrammarErrors } of data) {
      for (const { nStart, nEnd, sMessage } of lGrammarErrors) {
        const words = lines[iParagraph - 1]?.slice(nStart, nEnd)
        console.log(`${relative(ROOT, path)}:${iParagraph} « ${words} » : ${sMessage}`)
      }
    }
  }
} finally {
  await rm(folder, { recursive: true })
}
