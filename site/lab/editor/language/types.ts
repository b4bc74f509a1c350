/** What the language service knows of the course, as the pages fetch it: the types of Node, the twin, what labs share. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

const LIB = 'node_modules/typescript/lib'
const LIBS = ['lib.es2024.d.ts', 'lib.esnext.disposable.d.ts']
const NODE = ['node_modules/@types/node/**/*.d.ts', 'node_modules/@types/node/package.json']
const LABS = ['labs/qt-network/*.ts', 'labs/commun/*.ts', 'labs/*/*.ts']
const NOT_NEEDED = /\.test\.ts$|\/(lab|activites)\.ts$|\/ts\d\.\d\//
const REFERENCE = /<reference lib="([\w.]+)"/g

/** Every file by its name from the root, which starts with a slash. */
export function typesOfCourse(root: string): Record<string, string> {
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  const files: Record<string, string> = {}
  const libs = new Set(LIBS)
  for (const lib of libs) {
    const text = read(`${LIB}/${lib}`)
    for (const [, name] of text.matchAll(REFERENCE)) libs.add(`lib.${name}.d.ts`)
    files[`/${LIB}/${lib}`] = withoutComments(text)
  }
  for (const path of globSync(NODE, { cwd: root })) files[`/${slashes(path)}`] = withoutComments(read(path))
  for (const path of globSync(LABS, { cwd: root })) {
    if (!NOT_NEEDED.test(slashes(path))) files[`/${slashes(path)}`] = read(path)
  }
  const { name, type, imports } = JSON.parse(read('package.json')) as Record<string, unknown>
  files['/package.json'] = JSON.stringify({ name, type, imports })
  return files
}

const slashes = (path: string) => path.replaceAll('\\', '/')

/** The same declarations, but for the comments, which are in English; what the compiler reads in comments stays. */
function withoutComments(text: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text)
  let kept = ''
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    const piece = scanner.getTokenText()
    const comment =
      token === ts.SyntaxKind.MultiLineCommentTrivia || token === ts.SyntaxKind.SingleLineCommentTrivia
    if (!comment || piece.startsWith('///')) kept += piece
  }
  return kept.replace(/\s*\n\s*/g, '\n')
}
