/** What starts a program: an executable and its arguments, never a shell, from names the labs declare. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Role, VariantId } from '../../labs/lab.ts'
import { argumentsOf } from '../../labs/parameters.ts'
import { TAG } from '../processes/table.ts'
import type { ProgramRef, RefusalCode } from '../protocol.ts'
import type { Command } from '../terminal/pty.ts'
import type { Labs } from './labs.ts'
import type { Build, QtBuilder } from './qt.ts'

export interface Plan {
  role: Role
  /** What builds the program first, in the same terminal; null when there is nothing to build. */
  build: Build | null
  run: Command
}

export type PlanResult = { ok: true; plan: Plan } | { ok: false; reason: RefusalCode; detail?: string }

/** Variables of the runner's environment that programs get. Anything else (NODE_OPTIONS, secrets) stays here. */
const INHERITED =
  /^(PATH|HOME|LANG|LC_[A-Z]+|TMPDIR|TEMP|TMP|SYSTEMROOT|COMSPEC|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA)$/i
const EXTENSIONS = { ts: '.ts', node: '.node.ts' } as const

export function isVariant(value: string): value is VariantId {
  return value === 'qt' || Object.hasOwn(EXTENSIONS, value)
}

/** Turns references into commands for the labs of one project. */
export class Commands {
  readonly #root: string
  readonly #labs: Labs
  readonly #qt: QtBuilder

  constructor(root: string, labs: Labs, qt: QtBuilder) {
    this.#root = root
    this.#labs = labs
    this.#qt = qt
  }

  /** Checks everything a page said, and makes the command of the program. `tag` marks its processes. */
  async plan(
    ref: ProgramRef,
    parameters: Readonly<Record<string, string | number | boolean>>,
    tag: string,
  ): Promise<PlanResult> {
    const lab = await this.#labs.find(ref.lab)
    if (!lab) return { ok: false, reason: 'unknown-lab', detail: ref.lab }
    const role = lab.roles.find(({ id }) => id === ref.role)
    if (!role) return { ok: false, reason: 'unknown-role', detail: ref.role }
    if (!role.variants.includes(ref.variant)) {
      return { ok: false, reason: 'unknown-variant', detail: ref.variant }
    }
    const options = argumentsOf(lab, role, parameters)
    if (!options.ok)
      return { ok: false, reason: 'bad-parameter', detail: `${options.key}: ${options.problem}` }

    const env = this.#env(tag)
    if (ref.variant === 'qt') {
      if (!(await this.#qt.available())) return { ok: false, reason: 'qt-missing' }
      const file = this.#qt.executable(ref.lab, role.program)
      const build = this.#qt.prepare(ref.lab, role.program, env)
      return { ok: true, plan: { role, build, run: { file, args: options.args, cwd: this.#root, env } } }
    }
    const script = join(this.#labs.dir, ref.lab, role.program + EXTENSIONS[ref.variant])
    if (!existsSync(script)) return { ok: false, reason: 'program-missing', detail: role.program }
    const args = [
      '--disable-warning=ExperimentalWarning',
      `--require=${join(import.meta.dirname, 'flush-compile-cache.cjs')}`,
      script,
      ...options.args,
    ]
    return {
      ok: true,
      plan: { role, build: null, run: { file: process.execPath, args, cwd: this.#root, env } },
    }
  }

  #env(tag: string): Record<string, string> {
    const env: Record<string, string> = { LANG: 'C.UTF-8' }
    for (const [name, value] of Object.entries(process.env)) {
      if (value !== undefined && INHERITED.test(name)) env[name] = value
    }
    return {
      ...env,
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      NODE_COMPILE_CACHE: join(this.#root, 'node_modules', '.cache', 'prise-directe', 'compile'),
      [TAG]: tag,
    }
  }
}
