/** The C++ programs of the labs: whether Qt is here, and how to build one. */
import { execFile, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { availableParallelism, setPriority } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { signalAll, taskkill } from '../processes/table.ts'
import type { Command } from '../terminal/pty.ts'
import { withLock } from './lock.mjs'

const run = promisify(execFile)

/** Tools that tell where Qt is. */
const QUERIES = ['qmake6', 'qtpaths6', 'qmake']
/** Variables a compiler may need, beside those every program gets. */
const BUILD_VARIABLES = /^(CC|CXX|CXXFLAGS|LDFLAGS|CMAKE_[A-Z_]+|Qt6_DIR|SDKROOT|INCLUDE|LIB|LIBPATH)$/
const MINIMUM_MINOR = 4
/** Priority of what is built in the background, as `nice` says it. */
const NICE = 10
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

/** A command of a build. */
export interface Step extends Command {
  /** Its failure is not that of the program: the steps that follow tell. */
  optional: boolean
}

/** The building of one program, and of the others of its lab in the same go. */
export interface Build {
  /** What is built, as a learner names it: `refus/serveur`. */
  program: string
  /** The commands to run one after the other, while nothing else is built. */
  steps(): Step[]
  /** Notes that they all succeeded. */
  done(): void
  /** Runs `task` alone: two builds at once would write the same files. */
  exclusively<T>(task: () => Promise<T>): Promise<T>
}

/** The CMake target of a program. The exercises of a lab are those of `udp/exercices`. */
function target(lab: string, program: string): string {
  return `${lab.replaceAll('/', '-')}-${program}`
}

/**
 * Builds the target `<lab>-<program>` of the CMake project in `labsDir`, in `buildDir`, from the programs in `sourcesDir`:
 * those of the course, or the learner's.
 */
export class QtBuilder {
  readonly #labsDir: string
  readonly #buildDir: string
  readonly #sourcesDir: string
  #detected: Promise<boolean> | undefined
  #ninja = false
  /** What was built elsewhere is forgotten: looked at once. */
  #isOfHere = false
  /** Builds asked for, that what is built ahead waits for. */
  #urgent = 0
  /** Stops what is built ahead. */
  #aside = new AbortController()
  /** Emits `calm` when a build that was asked for is over. */
  readonly #calm = new EventEmitter()

  constructor(labsDir: string, buildDir: string, sourcesDir = labsDir) {
    this.#labsDir = labsDir
    this.#buildDir = buildDir
    this.#sourcesDir = sourcesDir
  }

  /** Whether the C++ variants can run here; looked up once. */
  available(): Promise<boolean> {
    this.#detected ??= this.#detect()
    return this.#detected
  }

  async #detect(): Promise<boolean> {
    // Where the compiler needs no environment of its own.
    this.#ninja = process.platform !== 'win32' && (await output('ninja', '--version')) !== null
    return detectQt()
  }

  /** What was built before the course was moved or copied here: CMake refuses to go on with it. */
  #forgetElsewhere(): void {
    if (this.#isOfHere) return
    this.#isOfHere = true
    const cache = join(this.#buildDir, 'CMakeCache.txt')
    if (!existsSync(cache)) return
    const place = /^CMAKE_CACHEFILE_DIR:INTERNAL=(.*)$/m.exec(readFileSync(cache, 'utf8'))?.[1]
    if (place && resolve(place) !== resolve(this.#buildDir))
      rmSync(this.#buildDir, { recursive: true, force: true })
  }

  executable(lab: string, program: string): string {
    const name = target(lab, program)
    return join(this.#buildDir, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  }

  /** The building of a program, or null when it is newer than its sources. */
  prepare(lab: string, program: string, env: Readonly<Record<string, string>> = {}): Build | null {
    this.#forgetElsewhere()
    const steps = () => this.#steps(lab, program).map((step) => ({ ...step, env: { ...step.env, ...env } }))
    if (steps().length === 0) return null
    return {
      program: `${lab}/${program}`,
      steps,
      done: () => this.#touch(lab, program),
      exclusively: (task) => this.#first(task),
    }
  }

  /** Runs `task` alone, before what is built ahead. */
  async #first<T>(task: () => Promise<T>): Promise<T> {
    this.#urgent += 1
    this.#aside.abort()
    try {
      return await withLock(this.#lock, task)
    } finally {
      this.#urgent -= 1
      if (this.#urgent === 0) this.#aside = new AbortController()
      this.#calm.emit('calm')
    }
  }

  get #lock(): string {
    return `${this.#buildDir}.lock`
  }

  /** CMake does not write again what did not change, and its age is how we know. */
  #touch(lab: string, program: string): void {
    utimesSync(this.executable(lab, program), new Date(), new Date())
  }

  #isBuilt(lab: string, program: string): boolean {
    const sources = [
      join(this.#labsDir, 'CMakeLists.txt'),
      join(this.#sourcesDir, lab, 'qt'),
      join(this.#labsDir, 'commun', 'qt'),
      join(this.#labsDir, '..', 'runner', 'probe', 'qt'),
    ]
    return lastChange(this.executable(lab, program)) > Math.max(...sources.map(lastChange))
  }

  #steps(lab: string, program: string): Step[] {
    if (this.#isBuilt(lab, program)) return []
    const jobs = availableParallelism()
    return [this.#configure(), this.#buildLab(lab, jobs), this.#target([target(lab, program)], jobs, false)]
  }

  #configure(): Step {
    const bin = join(this.#buildDir, 'bin')
    const fresh = !existsSync(join(this.#buildDir, 'CMakeCache.txt'))
    const args = [
      ...['-S', this.#labsDir, '-B', this.#buildDir, '-DCMAKE_BUILD_TYPE=Release', '-Wno-dev'],
      `-DPROGRAMMES=${this.#sourcesDir}`,
      ...[`-DCMAKE_RUNTIME_OUTPUT_DIRECTORY=${bin}`, `-DCMAKE_RUNTIME_OUTPUT_DIRECTORY_RELEASE=${bin}`],
      ...(fresh && this.#ninja ? ['-G', 'Ninja'] : []),
    ]
    return this.#cmake(args, false)
  }

  /** Builds all the programs of a lab in one go, as many as can be. */
  #buildLab(lab: string, jobs: number): Step {
    return this.#target(
      this.programs(lab).map((program) => target(lab, program)),
      jobs,
      true,
    )
  }

  #target(targets: readonly string[], jobs: number, optional: boolean): Step {
    const args = ['--build', this.#buildDir, '--config', 'Release', '--target', ...targets]
    return this.#cmake([...args, '--parallel', String(Math.max(1, jobs))], optional)
  }

  /** The C++ programs of a lab. */
  programs(lab: string): string[] {
    const folder = join(this.#sourcesDir, lab, 'qt')
    if (!existsSync(folder)) return []
    return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'main.cpp')))
  }

  /**
   * Builds all the programs of all the labs, if Qt is here, one lab after the other and in the background: politely, and
   * not while a program that was asked for is built. Resolves when all is built, or when `stop` says so; never rejects.
   */
  async ahead(env: Readonly<Record<string, string>>, stop: AbortSignal): Promise<void> {
    if (!(await this.available())) return
    const jobs = availableParallelism() - 1
    for (const lab of readdirSync(this.#labsDir)) {
      for (let again = true; again && !stop.aborted; ) {
        if (this.#urgent > 0) await once(this.#calm, 'calm')
        const programs = this.programs(lab)
        if (programs.every((program) => this.#isBuilt(lab, program))) break
        const signal = AbortSignal.any([stop, this.#aside.signal])
        const steps = [this.#configure(), this.#buildLab(lab, jobs)]
        const build = async () => {
          for (const step of steps) {
            if (signal.aborted || !(await runInBackground({ ...step, env: { ...step.env, ...env } }, signal)))
              return
          }
          for (const program of programs) this.#touch(lab, program)
        }
        await withLock(this.#lock, build).catch(() => {})
        again = signal.aborted
      }
    }
  }

  /** Builds a program if needed and gives its executable. Rejects with what the compiler said. */
  async build(lab: string, program: string): Promise<string> {
    const executable = this.executable(lab, program)
    const build = this.prepare(lab, program)
    if (!build) return executable
    return build.exclusively(async () => {
      for (const { file, args, cwd, optional } of build.steps()) {
        await runQuietly(file, args, cwd).catch((error) => {
          if (!optional) throw error
        })
      }
      build.done()
      return executable
    })
  }

  #cmake(args: string[], optional: boolean): Step {
    const env = Object.entries(process.env).filter(([name]) => BUILD_VARIABLES.test(name))
    return {
      file: 'cmake',
      args,
      cwd: dirname(this.#labsDir),
      env: Object.fromEntries(env) as Record<string, string>,
      optional,
    }
  }
}

/** Runs a command that gives way to all others, until `signal` ends it with all it started. Whether it succeeded. */
async function runInBackground({ file, args, cwd, env }: Command, signal: AbortSignal): Promise<boolean> {
  const windows = process.platform === 'win32'
  const child = spawn(file, args, { cwd, env, stdio: 'ignore', detached: !windows, windowsHide: true })
  const { promise, resolve } = Promise.withResolvers<boolean>()
  child.on('error', () => resolve(false)).on('close', (code) => resolve(code === 0))
  const { pid } = child
  if (pid === undefined) return promise
  const end = () => (windows ? void taskkill(pid) : signalAll([{ pid: -pid }], 'SIGKILL'))
  signal.addEventListener('abort', end)
  process.on('exit', end)
  try {
    setPriority(pid, NICE)
  } catch {
    // It has ended already.
  }
  const succeeded = await promise
  signal.removeEventListener('abort', end)
  process.off('exit', end)
  return succeeded
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
