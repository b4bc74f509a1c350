/** Every command of « Modifier » is typed as it is written, with the lab launched: it finds what the text promises. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { Lab, Role } from '../../labs/lab.ts'
import { ROOT } from '../../scripts/build.ts'
import { Program } from '../programs.ts'
import { takenPort } from '../usage.ts'
import { benchOf, taughtLabs } from './panes.ts'

/** A program that could do what it is for. */
const AT_WORK =
  /prête?\b|Connecté|sur le port : \d+|attaché au port|signal connected|Sockets TCP du port|envoyé|écritures faites/

/** The lab with other course numbers, so that tests never meet on a port, and how a text that cites them reads then. */
async function moved(lab: Lab): Promise<{ lab: Lab; cite(text: string): string }> {
  const numbers = new Map<number, number>()
  const parameters = { ...lab.parameters }
  for (const [key, parameter] of Object.entries(parameters)) {
    if (parameter.kind !== 'port') continue
    if (!numbers.has(parameter.default)) {
      const { port, release } = await takenPort()
      release()
      numbers.set(parameter.default, port)
    }
    parameters[key] = { ...parameter, default: numbers.get(parameter.default)! }
  }
  const cite = (text: string) => text.replace(/\d+/g, (word) => String(numbers.get(Number(word)) ?? word))
  return { lab: { ...lab, parameters }, cite }
}

function roleOf(lab: Lab, name: string): Role {
  const role = lab.roles.find(({ id, program }) => id === name || program === name)
  assert.ok(role, `« ${name} » is no role`)
  return role
}

for (const { id, lab, activities } of await taughtLabs()) {
  describe(`« Modifier » in ${id}`, () => {
    for (const { title, command, prints } of activities.modify) {
      test(`${title}: ${command}`, { timeout: 120_000 }, async () => {
        const there = await moved(lab)
        await using bench = benchOf(id, there.lab, 'node', { ports: 'own' })
        assert.equal(await bench.roles.startAll(), null, bench.transcript())
        const [, name = '', words = ''] = /^npm run lab -- [^/]+\/(\S+)(.*)$/.exec(there.cite(command)) ?? []
        const role = roleOf(lab, name)
        // The learner runs it in place of the one in the page.
        if (!prints)
          for (const pane of bench.roles.panes) if (pane.role.program === role.program) await pane.stop()
        await using program = Program.run([
          process.execPath,
          join(ROOT, 'scripts', 'lab.ts'),
          `${id}/${name}`,
          ...words.split(' ').filter(Boolean),
        ])
        await program.until(prints ?? role.ready ?? AT_WORK)
      })
    }
  })
}
