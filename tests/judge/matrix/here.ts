/** The judge on this machine, for the matrix: real processes. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Command } from '../../../judge/command.ts'
import { Here } from '../../../judge/here.ts'
import { play } from '../../../judge/play.ts'
import { Witness } from '../../../judge/witness.ts'
import { Launcher } from '../../../runner/programs/launch.ts'
import { ROOT } from '../../../scripts/build.ts'
import { type MatrixJudge, SEED } from './plays.ts'

const launcher = new Launcher()
/** Inside the project: a mutant imports `#qt-network` as its solution does. */
const mutants = join(ROOT, '.cache', 'mutants', String(process.pid))
let witness: Witness

/** In `labs/refus/solutions/qt/poli/main.cpp`: the lab, the folder, the name of a program in C++. */
const CPP = /^labs\/([^/]+)\/([^/]+)\/qt\/([^/]+)\/main\.cpp$/

async function commandOf(file: string): Promise<Command> {
  const [, lab, folder, name] = CPP.exec(file) ?? []
  const started = name
    ? await launcher.command({ lab: `${lab}/${folder}`, name, variant: 'qt' }, [])
    : launcher.script(join(ROOT, file), [])
  return { words: [started.file, ...started.args], cwd: started.cwd, env: started.env }
}

export const here: MatrixJudge = {
  judges: () => true,
  measuresMemory: true,
  async start() {
    mkdirSync(mutants, { recursive: true })
    witness = await Witness.start(new Here())
  },
  async stop() {
    rmSync(mutants, { recursive: true, force: true })
    await witness.stop()
  },
  async judge({ check, exercise }, file, stopAtFirst, text) {
    let command: Command
    if (text === undefined) command = await commandOf(file)
    else {
      const mutant = join('.cache', 'mutants', String(process.pid), basename(file))
      writeFileSync(join(ROOT, mutant), text)
      command = await commandOf(mutant)
    }
    return play(check, exercise, command, witness, { seed: SEED, stopAtFirst })
  },
}
