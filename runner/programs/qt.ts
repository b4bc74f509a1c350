/** The C++ programs of the labs: whether Qt is here, and how to build one. */
import { execFile, spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Command } from '../terminal/pty.ts'
import { withLock } from './lock.mjs'

const run = promisify(execFile)

/** Tools that tell where Qt is. */
const QUERIES = ['qmake6', 'qtpaths6', 'qmake']
/** Variables a compiler may need, beside those every program gets. */
const BUILD_VARIABLES = /^(CC|CXX|CXXFLAGS|LDFLAGS|CMAKE_[A-Z_]+|Qt6_DIR|SDKROOT|INCLUDE|LIB|LIBPATH)$/
const MINIMUM_MINOR = 4
const PACKAGE = join('cmake', 'Qt6Network', 'Qt6NetworkConfig.cmake')

async function output(file: string, ...args: string[]): Promise<string | null> {
  return run(file, args).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  )
}

/** Whether CMake and Qt 6 Network (6.4 or later) can build here. */
export async function detectQt(): Promise<boolean> {
  if ((await output('cmake', '--version')) === null) return false
  const prefixes = [process.env.Qt6_DIR && join(process.env.Qt6_DIR, '..', '..')].concat(
    process.env.CMAKE_PREFIX_PATH?.split(delimiter).map((prefix) => join(prefix, 'lib')),
  )
  if (prefixes.some((lib) => lib && existsSync(join(lib, PACKAGE)))) return true
  for (const tool of QUERIES) {
    const version = await output(tool, '-query', 'QT_VERSION')
    const recent = /^6\.(\d+)/.exec(version ?? '')?.[1]
    const libraries = Number(recent) >= MINIMUM_MINOR && (await output(tool, '-query', 'QT_INSTALL_LIBS'))
    if (libraries && existsSync(join(libraries, PACKAGE))) return true
  }
  return false
}

/** Newest change of a file, or of what a folder holds, in ms; 0 when absent. */
export function lastChange(path: string): number {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => lastChange(join(path, name))))
}

/** The building of one program. */
export interface Build {
  /** The commands to run one after the other, while nothing else is built. */
  steps(): Command[]
  /** Notes that they all succeeded. */
  done(): void
  /** Runs `task` alone: two builds at once would write the same files. */
  exclusively<T>(task: () => Promise<T>): Promise<T>
}

/** Builds the target `<lab>-<program>` of the CMake project in `labsDir`, in `buildDir`. */
export class QtBuilder {
  readonly #labsDir: string
  readonly #buildDir: string
  #detected: Promise<boolean> | undefined

  constructor(labsDir: string, buildDir: string) {
    this.#labsDir = labsDir
    this.#buildDir = buildDir
  }

  /** Whether the C++ variants can run here; looked up once. */
  available(): Promise<boolean> {
    this.#detected ??= detectQt()
    return this.#detected
  }

  executable(lab: string, program: string): string {
    return join(this.#buildDir, 'bin', `${lab}-${program}${process.platform === 'win32' ? '.exe' : ''}`)
  }

  /** The building of a program, or null when it is newer than its sources. */
  prepare(lab: string, program: string, env: Readonly<Record<string, string>> = {}): Build | null {
    const steps = () => this.#steps(lab, program).map((step) => ({ ...step, env: { ...step.env, ...env } }))
    if (steps().length === 0) return null
    return {
      steps,
      // CMake does not write again what did not change, and its age is how we know.
      done: () => utimesSync(this.executable(lab, program), new Date(), new Date()),
      exclusively: (task) => withLock(`${this.#buildDir}.lock`, task),
    }
  }

  #steps(lab: string, program: string): Command[] {
    const sources = [
      join(this.#labsDir, 'CMakeLists.txt'),
      join(this.#labsDir, lab, 'qt'),
      join(this.#labsDir, 'commun', 'qt'),
    ]
    const built = lastChange(this.executable(lab, program))
    if (built > Math.max(...sources.map(lastChange))) return []
    const bin = join(this.#buildDir, 'bin')
    const configure = [
      ...['-S', this.#labsDir, '-B', this.#buildDir, '-DCMAKE_BUILD_TYPE=Release', '-Wno-dev'],
      ...[`-DCMAKE_RUNTIME_OUTPUT_DIRECTORY=${bin}`, `-DCMAKE_RUNTIME_OUTPUT_DIRECTORY_RELEASE=${bin}`],
    ]
    const build = [
      ...['--build', this.#buildDir, '--config', 'Release', '--target', `${lab}-${program}`],
      ...['--parallel', String(availableParallelism())],
    ]
    return [this.#cmake(configure), this.#cmake(build)]
  }

  /** Builds a program if needed and gives its executable. Rejects with what the compiler said. */
  async build(lab: string, program: string): Promise<string> {
    const executable = this.executable(lab, program)
    const build = this.prepare(lab, program)
    if (!build) return executable
    return build.exclusively(async () => {
      for (const { file, args, cwd } of build.steps()) await runQuietly(file, args, cwd)
      build.done()
      return executable
    })
  }

  #cmake(args: string[]): Command {
    const env = Object.entries(process.env).filter(([name]) => BUILD_VARIABLES.test(name))
    return {
      file: 'cmake',
      args,
      cwd: dirname(this.#labsDir),
      env: Object.fromEntries(env) as Record<string, string>,
    }
  }
}

async function runQuietly(file: string, args: readonly string[], cwd: string): Promise<void> {
  const child = spawn(file, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  child.on('error', reject).on('close', resolve)
  if ((await promise) !== 0) throw new Error(`${file} ${args.join(' ')}\n${said}`)
}
