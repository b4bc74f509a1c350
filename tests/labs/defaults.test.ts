/** The defaults of a lab are those of its programs: what the page shows and what a terminal does agree. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Lab } from '../../labs/lab.ts'
import { Program } from '../programs.ts'
import { programsOf } from '../usage.ts'
import { optionsOf } from '../variants.ts'
import { labs } from './played.ts'

/** The options of a usage line: `[--port 1234] [--message "Bonjour !"] [--tranches]`. */
function optionsOfUsage(usage: string): Map<string, string> {
  const words = usage.matchAll(/\[--([^ \]]+)(?: (?:"([^"]*)"|([^\]]*)))?\]/g)
  return new Map([...words].map(([, name, quoted, plain]) => [name!, quoted ?? plain ?? 'false']))
}

/** The default as a usage line writes it; a choice lists its values, the default first. */
function written(lab: Lab, key: string, usage: string | undefined): string {
  const { default: value, kind } = lab.parameters[key]!
  return kind === 'choice' ? `${value}${usage?.slice(usage.indexOf('|')) ?? ''}` : String(value)
}

for (const [id, lab] of labs) {
  for (const role of programsOf(lab)) {
    for (const variant of role.variants) {
      test(
        `the defaults of ${id}/${role.id} are its program's own, in ${variant}`,
        optionsOf(variant),
        async () => {
          await using program = await Program.start(id, role.program, variant, ['--inconnue=1'])
          assert.equal(await program.end(), 2)
          const usage = optionsOfUsage(program.output)
          for (const key of role.parameters) {
            assert.equal(usage.get(key), written(lab, key, usage.get(key)), `--${key}\n${program.output}`)
            const { kind, ...parameter } = lab.parameters[key]!
            if (kind !== 'choice') continue
            const choices = Object.keys((parameter as unknown as { choices: object }).choices)
            assert.deepEqual(
              usage.get(key)!.split('|').toSorted(),
              choices.toSorted(),
              `the choices of --${key}`,
            )
          }
        },
      )
    }
  }
}
