/**
 * TypeScript's language service over files in memory: the course's types, and the learner's copies, which find beside
 * them what they have not copied. Runs in a worker; the tests run it in Node.
 */
import ts from 'typescript'
import { NODE_DOCS } from '../../../texts/node.ts'
import { hintFor } from './hints.ts'
import type {
  Definition,
  Description,
  Finding,
  Fix,
  Help,
  Language,
  Signature,
  Span,
  Suggestion,
  TextEdit,
} from './protocol.ts'

const LIB = '/node_modules/typescript/lib'
const WORK = '/travail/'
const NODE_TYPES = /^\/node_modules\/@types\/node\/(.+)\.d\.ts$/

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2024,
  lib: ['lib.es2024.d.ts', 'lib.esnext.disposable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  strict: true,
  noEmit: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitReturns: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
  types: ['node'],
}

const PREFERENCES: ts.UserPreferences = {
  includeCompletionsForModuleExports: true,
  includeCompletionsWithInsertText: true,
  importModuleSpecifierPreference: 'non-relative',
  quotePreference: 'single',
}
/** The names of the course are kept: an import is given another one, `{ QTimer as Minuteur }`. */
const RENAMING: ts.UserPreferences = { providePrefixAndSuffixTextForRename: true }
const FORMAT: ts.FormatCodeSettings = {
  ...ts.getDefaultFormatCodeSettings('\n'),
  indentSize: 2,
  semicolons: ts.SemicolonPreference.Remove,
}

/** What a beginner may accept with closed eyes. */
const FIXES = new Set([
  'spelling',
  'import',
  'forgottenThisPropertyAccess',
  'addMissingNew',
  'unusedIdentifier',
])
/** A syntax that is broken makes other errors after it. */
const AFTER_SYNTAX = 1
const DEPRECATED = 'info'

const KINDS: Readonly<Record<string, string>> = {
  method: 'méthode',
  property: 'propriété',
  'local var': 'variable',
  parameter: 'paramètre',
  alias: 'import',
  'local function': 'fonction',
  getter: 'accesseur',
  setter: 'accesseur',
}

/** Says what TypeScript says in French: `messages` is its own table, see `messages.ts`. */
export function speak(messages: Readonly<Record<string, string>>): void {
  const { setLocalizedDiagnosticMessages } = ts as unknown as {
    setLocalizedDiagnosticMessages(messages: Readonly<Record<string, string>>): void
  }
  setLocalizedDiagnosticMessages(messages)
}

/** A service over `files`, whose names start with a slash. */
export function createLanguage(files: Readonly<Record<string, string>>): Language {
  const learner = new Map<string, { text: string; version: number }>()
  const folders = new Set(['/', '/travail'])
  for (const path of Object.keys(files)) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
      folders.add(path.slice(0, at))
  }
  /** The course's file that stands for a copy that is not made. */
  const original = (path: string) => files[path.replace(WORK, '/labs/')]
  const textOf = (path: string) => learner.get(path)?.text ?? files[path] ?? original(path)
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => OPTIONS,
    getScriptFileNames: () => [...learner.keys()],
    getScriptVersion: (path) => String(learner.get(path)?.version ?? 0),
    getScriptSnapshot(path) {
      const text = textOf(path)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => `${LIB}/lib.es2024.d.ts`,
    fileExists: (path) => textOf(path) !== undefined,
    readFile: textOf,
    directoryExists: (path) => folders.has(path) || folders.has(path.replace(WORK, '/labs/')),
    getDirectories: () => [],
    useCaseSensitiveFileNames: () => true,
  }
  const service = ts.createLanguageService(host)

  const fixesOf = (path: string, { from, to }: { from: number; to: number }, code: number): Fix[] =>
    service
      .getCodeFixesAtPosition(path, from, to, [code], FORMAT, PREFERENCES)
      .filter(
        ({ fixName, changes }) => FIXES.has(fixName) && changes.every(({ fileName }) => fileName === path),
      )
      .map(({ description, changes }) => ({ title: description, edits: changes.flatMap(editsOf) }))

  const definitionOf = (path: string, at: number): Definition | null => {
    const found = service.getDefinitionAtPosition(path, at)?.[0]
    if (!found) return null
    const { fileName, textSpan } = found
    const here = fileName === path
    const shown = !here && /^\/(labs|travail)\//.test(fileName)
    const file = fileName.replace(/^\/(labs|travail|node_modules\/@types)\//, '')
    return { file, here, text: shown ? (textOf(fileName) ?? null) : null, ...spanOf(textSpan) }
  }

  /** What one of Node's names does, in French: its own documentation is in English, and not in the page. */
  const nodeHelp = (path: string, at: number): string => {
    for (const { fileName, containerName, name } of service.getDefinitionAtPosition(path, at) ?? []) {
      const known = NODE_DOCS[NODE_TYPES.exec(fileName)?.[1] ?? '']
      // What is in no class is in a module, by its own name or by the one that it was imported under.
      const owner = containerName.split('.').at(-1)!
      const said = known?.names[/^[A-Z]/.test(owner) ? `${owner}.${name}` : name]
      if (known && said) return `${said}\n\n${known.page}`
    }
    return ''
  }

  return {
    change(path, text) {
      const known = learner.get(path)
      if (known?.text !== text) learner.set(path, { text, version: (known?.version ?? 0) + 1 })
    },

    findings(path) {
      const syntax = service.getSyntacticDiagnostics(path).slice(0, AFTER_SYNTAX)
      const all = syntax.length > 0 ? syntax : service.getSemanticDiagnostics(path)
      const deprecated = service
        .getSuggestionDiagnostics(path)
        .filter(({ reportsDeprecated }) => reportsDeprecated)
      const text = textOf(path) ?? ''
      return [...all, ...deprecated].flatMap((diagnostic): Finding[] => {
        const { start: from, length = 0, code } = diagnostic
        if (from === undefined) return []
        const place = { from, to: from + length }
        const unused = Boolean(diagnostic.reportsUnnecessary)
        const severity = diagnostic.reportsDeprecated ? DEPRECATED : unused ? 'warning' : 'error'
        const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')
        const hint = hintFor(code, message, text.slice(from, from + length))
        return [{ ...place, severity, message, hint, unused, fixes: fixesOf(path, place, code) }]
      })
    },

    help(path, at): Help | null {
      const info = service.getQuickInfoAtPosition(path, at)
      const title = ts.displayPartsToString(info?.displayParts)
      if (!info || title === 'any') return null
      const { start, length } = info.textSpan
      const markdown = ts.displayPartsToString(info.documentation) || nodeHelp(path, at)
      return { title: inFrench(title), markdown, from: start, to: start + length }
    },

    suggest(path, at, trigger): Suggestion[] {
      const options = { ...PREFERENCES, ...(trigger === '.' && { triggerCharacter: '.' as const }) }
      const found = service.getCompletionsAtPosition(path, at, options)?.entries ?? []
      return found
        .filter(({ kind }) => kind !== ts.ScriptElementKind.warning)
        .map(({ name, kind, sortText, source }) => ({
          label: name,
          kind,
          rank: Number.parseInt(sortText, 10) || 0,
          source: source ?? null,
        }))
    },

    describe(path, at, { label, source }): Description | null {
      const found = service.getCompletionEntryDetails(
        path,
        at,
        label,
        FORMAT,
        source ?? undefined,
        PREFERENCES,
        undefined,
      )
      if (!found) return null
      const changes = (found.codeActions ?? []).flatMap((action) => action.changes)
      return {
        title: inFrench(ts.displayPartsToString(found.displayParts)),
        markdown: ts.displayPartsToString(found.documentation),
        edits: changes.filter(({ fileName }) => fileName === path).flatMap(editsOf),
      }
    },

    signature(path, at): Signature | null {
      const items = service.getSignatureHelpItems(path, at, {})
      const item = items?.items[items.selectedItemIndex]
      return items && item ? signatureOf(item, items.argumentIndex) : null
    },

    rename(path, at) {
      const info = service.getRenameInfo(path, at, RENAMING)
      if (!info.canRename) return definitionOf(path, at) ? 'elsewhere' : null
      const found = service.findRenameLocations(path, at, false, false, RENAMING) ?? []
      if (found.some(({ fileName }) => fileName !== path)) return 'elsewhere'
      const places = found.map(({ textSpan, prefixText = '', suffixText = '' }) => ({
        ...spanOf(textSpan),
        before: prefixText,
        after: suffixText,
      }))
      return { ...spanOf(info.triggerSpan), name: info.displayName, places }
    },

    definition: (path, at) => definitionOf(path, at),
  }
}

function signatureOf(item: ts.SignatureHelpItem, argument: number): Signature {
  const parts = item.parameters.map(({ displayParts }) => ts.displayPartsToString(displayParts))
  const before = ts.displayPartsToString(item.prefixDisplayParts)
  const between = ts.displayPartsToString(item.separatorDisplayParts)
  const current = parts[argument]
  const from = [before, ...parts.slice(0, argument).map((part) => part + between)].join('').length
  const documentation = item.parameters[argument]?.documentation ?? []
  return {
    label: before + parts.join(between) + ts.displayPartsToString(item.suffixDisplayParts),
    markdown: ts.displayPartsToString(documentation.length > 0 ? documentation : item.documentation),
    active: current === undefined ? null : { from, to: from + current.length },
  }
}

function spanOf({ start, length }: ts.TextSpan): Span {
  return { from: start, to: start + length }
}

function editsOf({ textChanges }: ts.FileTextChanges): TextEdit[] {
  return textChanges.map(({ span, newText }) => ({
    from: span.start,
    to: span.start + span.length,
    insert: newText,
  }))
}

function inFrench(title: string): string {
  return title.replace(/^\(([a-z ]+)\) /, (whole, kind: string) =>
    KINDS[kind] ? `(${KINDS[kind]}) ` : whole,
  )
}
