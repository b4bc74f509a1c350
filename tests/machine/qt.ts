/** The scenarios of Qt, played by the twin as a program of the machine. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sources } from '../../machine/page/client.ts'
import { sourcesOf } from '../../machine/programs.ts'
import { ROOT } from '../../scripts/build.ts'
import { scenarioNames } from '../qt/verdict.ts'
import { MachineInNode } from './in-node.ts'

/** The program, and the files that it reads: all that it needs in any machine. */
export interface QtProgram {
  entry: string
  sources: Sources
  documents: Record<string, string>
}

/** The program that judges the scenarios of a folder, or those that are named. */
export function qtProgram(scenarios: string, oracles: string, named?: readonly string[]): QtProgram {
  const documents: Record<string, string> = {}
  for (const name of named ?? scenarioNames(scenarios)) {
    documents[`/scenarios/${name}.qts`] = readFileSync(join(scenarios, `${name}.qts`), 'utf8')
    documents[`/oracles/${name}.txt`] = readFileSync(join(oracles, `${name}.txt`), 'utf8')
  }
  const entry = 'tests/qt/entry.ts'
  const text = `import { judgeAll } from './verdict.ts'
process.exit((await judgeAll('/scenarios', '/oracles')) ? 0 : 1)`
  return { entry, sources: { [entry]: text, ...sourcesOf('tests/qt/verdict.ts', ROOT) }, documents }
}

/** Runs such a program on the machine in Node; gives its code, and each piece of its output to `show`. */
export function runQt({ machine, program, show }: QtRun): Promise<number> {
  const { entry, sources, documents } = program
  return new Promise((resolve) => {
    const output = (bytes: Uint8Array) => {
      show(bytes)
      running.shown(bytes.length)
    }
    const events = { output, lost: () => {}, event: () => {}, exit: resolve }
    const running = machine.start(entry, sources, [], events, documents)
  })
}

interface QtRun {
  machine: MachineInNode
  program: QtProgram
  show(bytes: Uint8Array): void
}

/** As `judgeAll`, on the machine in Node. */
export async function judgeAllOnMachine(scenarios: string, oracles: string): Promise<boolean> {
  const machine = await MachineInNode.open()
  const show = (bytes: Uint8Array) => void process.stdout.write(bytes)
  try {
    return (await runQt({ machine, program: qtProgram(scenarios, oracles), show })) === 0
  } finally {
    machine.close()
  }
}
