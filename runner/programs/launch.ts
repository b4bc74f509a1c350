/**
 * How a program of a lab is started: an executable, its arguments and its environment, never a shell. The only place
 * that knows it: the runner, the command line and the tests start programs from here.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import type { VariantId } from '../../labs/lab.ts'
import { workFolder } from '../files/workspace.ts'
import { Lines } from '../probe/addresses.ts'
import { TAG } from '../processes/table.ts'
import { stateFolder } from '../state.ts'
import type { Command } from '../terminal/pty.ts'
import type { ScriptCommand } from './pool.ts'
import { type Build, lastChange, QtBuilder } from './qt.ts'

const ROOT = dirname(dirname(import.meta.dirname))

/** Variables of our environment that programs get. Anything else (NODE_OPTIONS, secrets) stays here. */
const INHERITED =
  /^(PATH|HOME|LANG|LC_[A-Z]+|TMPDIR|TEMP|TMP|SYSTEMROOT|COMSPEC|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA)$/i
const EXTENSIONS = { ts: '.ts', node: '.node.ts' } as const
const NODE_OPTIONS = ['--disable-warning=ExperimentalWarning']
/** What Node loads before a program of a lab, and before it waits for one. */
const PRELOADS = [
  join(import.meta.dirname, 'flush-compile-cache.cjs'),
  join(dirname(import.meta.dirname), 'probe', 'preload.cjs'),
]
const PROBE_MODULE = join(dirname(import.meta.dirname), 'probe', 'main.ts')
const SPARE = join(import.meta.dirname, 'spare.cjs')
/** The command that judges an exercise; the runner only starts it. */
const JUDGE = join(ROOT, 'scripts', 'verifier.ts')
/** The modules that programs import by a name of their own: `#qt-network`. */
const SHARED = sharedModules()

function sharedModules(): string[] {
  const { imports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    imports: Record<string, string>
  }
  const paths = Object.values(imports).filter((path) => !path.includes('*'))
  return paths.map((path) => join(ROOT, path))
}

/** Names the folder of the labs for the probe, which is silent without it. */
const PROBE = 'PRISE_DIRECTE_SONDE'

export function isVariant(value: string): value is VariantId {
  return value === 'qt' || Object.hasOwn(EXTENSIONS, value)
}

/** A variant of a program of a lab. */
export interface Program {
  lab: string
  /** Base name of its files: `serveur`, or `exercices/journal`. */
  name: string
  variant: VariantId
  /** The learner's copy. */
  copy?: boolean
}

/** The file of its lab that one reads to know a program. */
export function mainFile({ name, variant }: Pick<Program, 'name' | 'variant'>): string {
  return variant === 'qt' ? `qt/${name}/main.cpp` : name + EXTENSIONS[variant]
}

export interface Launch {
  /** What builds the program first; null when there is nothing to build. */
  build: Build | null
  run: Command
  /** Names the lines of a program whose probe tells addresses. */
  lines?: Lines
}

/** Starts the programs of the labs in `labsDir`, and the learner's copies in `workDir`. */
export class Launcher {
  readonly labsDir: string
  readonly workDir: string
  readonly qt: QtBuilder
  readonly #qtCopies: QtBuilder
  readonly #stateDir: string
  readonly #probe: boolean

  /** With `probe`, the programs of sessions tell what their sockets do. */
  constructor(
    labsDir = join(ROOT, 'labs'),
    stateDir = stateFolder(labsDir),
    probe = false,
    workDir = workFolder(labsDir),
  ) {
    this.labsDir = labsDir
    this.workDir = workDir
    this.qt = new QtBuilder(labsDir, join(stateDir, 'qt'))
    this.#qtCopies = new QtBuilder(labsDir, join(stateDir, 'qt-travail'), workDir)
    this.#stateDir = stateDir
    this.#probe = probe
  }

  /** The file that one reads to know a program; it may be absent. */
  source(program: Program): string {
    return join(program.copy ? this.workDir : this.labsDir, program.lab, ...mainFile(program).split('/'))
  }

  /** What starts a program with these options; null when it does not exist. `tag` marks its processes. */
  launch(program: Program, options: readonly string[], tag?: string): Launch | null {
    const source = this.source(program)
    if (!existsSync(source)) return null
    if (program.variant !== 'qt') return { build: null, run: this.script(source, options, tag) }
    const env = this.#environment(tag)
    const qt = this.#builder(program)
    const file = qt.executable(program.lab, program.name)
    const build = qt.prepare(program.lab, program.name, env)
    const lines = new Lines(file, program.copy ? this.workDir : this.labsDir)
    return { build, run: { file, args: options, cwd: ROOT, env }, lines }
  }

  /** What runs a file of TypeScript with the project's Node. */
  script(file: string, options: readonly string[], tag?: string): Command | ScriptCommand {
    const execArgv = [...NODE_OPTIONS, ...PRELOADS.map((preload) => `--require=${preload}`)]
    const command = this.#node([...execArgv, file, ...options], tag)
    // Elsewhere its `package.json` may say that it is no module: Node then takes another way to its main program.
    if (!file.startsWith(ROOT + sep)) return command
    return { ...command, script: { file, options, execArgv, preloads: PRELOADS } }
  }

  /**
   * What starts the judge of an exercise, named by its files (`refus/poli`), against one of its programs, built first
   * if needed; null when that program does not exist. Its own sockets are not observed, nor those of what it judges.
   */
  judge(exercise: string, program: Program, tag: string): Launch | null {
    const launch = this.launch(program, [])
    if (!launch) return null
    const { file, args } = launch.run
    const source = ['--fichier', this.source(program), '--variante', program.variant]
    const run = this.#node([...NODE_OPTIONS, JUDGE, exercise, '--page', ...source, '--', file, ...args], tag)
    const { [PROBE]: _unseen, ...env } = { ...run.env, FORCE_COLOR: '1' } as Record<string, string>
    return { build: launch.build, run: { ...run, env } }
  }

  /** What starts a process that waits for one of these scripts. */
  spare(tag: string): Command {
    const modules = this.#probe ? [...SHARED, PROBE_MODULE] : SHARED
    return this.#node([...NODE_OPTIONS, `--require=${SPARE}`, SPARE, ...modules], tag)
  }

  /** When what such a process has loaded last changed, in ms. */
  sharedChanged(): number {
    return Math.max(0, ...[...SHARED, PROBE_MODULE].map((module) => lastChange(dirname(module))))
  }

  /** Builds the C++ programs before anyone asks for them; `stop` ends that. Its processes are marked with this tag. */
  buildAhead(tag: string, stop: AbortSignal): Promise<void> {
    return this.qt.ahead(this.#environment(tag), stop)
  }

  #node(args: readonly string[], tag: string | undefined): Command {
    return { file: process.execPath, args, cwd: ROOT, env: this.#environment(tag) }
  }

  /** The command of a program, built if needed. Rejects when it does not exist, or with what the compiler said. */
  async command(program: Program, options: readonly string[]): Promise<Command> {
    const launch = this.launch(program, options)
    if (!launch) throw new Error(`${this.source(program)} is missing`)
    if (launch.build) await this.#builder(program).build(program.lab, program.name)
    return launch.run
  }

  #builder({ copy }: Program): QtBuilder {
    return copy ? this.#qtCopies : this.qt
  }

  #environment(tag: string | undefined): Record<string, string> {
    const env: Record<string, string> = { LANG: 'C.UTF-8' }
    for (const [name, value] of Object.entries(process.env)) {
      if (value !== undefined && INHERITED.test(name)) env[name] = value
    }
    return {
      ...env,
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      NODE_COMPILE_CACHE: join(this.#stateDir, 'compile'),
      ...(tag !== undefined && { [TAG]: tag, ...(this.#probe && { [PROBE]: this.labsDir }) }),
    }
  }
}
