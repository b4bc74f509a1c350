/** The judge on the machine, in Node, for the matrix: a program that plays against another one. */
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { JudgedReader } from '../../labs/judged.ts'
import { buildJudge } from '../../machine/build.ts'
import { judgingOf } from '../../machine/page/judging.ts'
import type { Sources } from '../../machine/page/linker.ts'
import { sourcesOf, twin } from '../../machine/programs.ts'
import { ROOT } from '../../scripts/build.ts'
import { type MatrixJudge, SEED } from '../judge/matrix/plays.ts'
import { MachineInNode } from './in-node.ts'

const whole: Record<string, string> = {}
let judge: Sources
let machine: MachineInNode

export const simulated: MatrixJudge = {
  judges: (variant) => variant !== 'qt',
  measuresMemory: false,
  async start() {
    whole['labs/qt-network/index.ts'] = await twin(ROOT)
    judge = await buildJudge()
    machine = await MachineInNode.open()
  },
  async stop() {
    machine.close()
  },
  judge({ lab, name }, file, stopAtFirst, text = readFileSync(join(ROOT, file), 'utf8')) {
    const sources = {
      ...judge,
      ...sourcesOf(`labs/${lab}/verifications/${name}.ts`, ROOT),
      ...sourcesOf(`labs/${lab}/activites.ts`, ROOT),
    }
    const judged = {
      entry: file,
      sources: { ...sourcesOf(file, ROOT, whole), [file]: stripTypeScriptTypes(text) },
    }
    const asked = { name: file, seed: SEED, stopAtFirst }
    const launch = judgingOf({ lab, name, sources, judged, asked })
    return new Promise((resolve, reject) => {
      const [reader, decoder] = [new JudgedReader(), new TextDecoder()]
      let printed = ''
      const running = machine.start(
        launch.entry,
        launch.sources,
        [],
        {
          output(bytes) {
            running.shown(bytes.length)
            const said = decoder.decode(bytes, { stream: true })
            printed += said
            for (const told of reader.push(said)) if ('report' in told) resolve(told.report)
          },
          lost: () => reject(new Error('output was lost')),
          event() {},
          exit: (code) =>
            reject(new Error(`the judge ended with code ${code} without a report:\n${printed}`)),
        },
        {},
        { cols: 80, rows: 24 },
        launch.programs,
      )
    })
  },
}
