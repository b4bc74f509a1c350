/** What every program of every lab owes to who types its options: a sentence in French, the usage, an exit code. */
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { describe, test } from 'node:test'
import type { Lab, Role, VariantId } from '../labs/lab.ts'
import { optionOf } from '../labs/parameters.ts'
import { Program } from './programs.ts'

/** A port taken in TCP and in UDP on every IPv4 address, shared with nobody. */
export async function takenPort() {
  for (;;) {
    const server = createServer().listen(0, '0.0.0.0')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const socket = createSocket('udp4')
    socket.bind({ port, address: '0.0.0.0', exclusive: true })
    const free = await once(socket, 'listening').then(
      () => true,
      () => false,
    )
    const release = () => {
      server.close()
      socket.close()
    }
    if (free) return { port, release }
    release()
  }
}

/** One role per program and set of fixed options: the first declared. */
export function programsOf(lab: Lab): Role[] {
  const roles = lab.roles.toReversed()
  return [...new Map(roles.map((role) => [role.program + JSON.stringify(role.fixed ?? {}), role])).values()]
}

export function fixedOptions(role: Role): string[] {
  return Object.entries(role.fixed ?? {}).flatMap(([key, value]) => optionOf(key, value))
}

export function checkUsage(labs: ReadonlyMap<string, Lab>, qt: { skip: false | string }): void {
  for (const [id, lab] of labs) {
    for (const role of programsOf(lab)) {
      for (const variant of role.variants) {
        const where = `${id} ${role.program} ${fixedOptions(role).join(' ')} in ${variant}`
        describe(where, () => cases(id, lab, role, variant, variant === 'qt' ? qt.skip : false))
      }
    }
  }
}

function cases(id: string, lab: Lab, role: Role, variant: VariantId, skip: false | string): void {
  // Nothing is opened nor reached before a typed line asks for it.
  const byHand = lab.roles.some(({ opens }) => opens?.typed)
  const run = async (...args: string[]) => {
    const program = await Program.start(id, role.program, variant, args)
    return { program, code: await program.end() }
  }
  const faults = [
    '--inconnue=1',
    ...(role.parameters.includes('port') ? ['--port=70000', '--port=douze'] : []),
  ]
  test(`a bad option gets a sentence, the usage and exit code 2: ${faults.join(' ')}`, { skip }, async () => {
    const runs = await Promise.all(faults.map((fault) => run(fault)))
    for (const { program, code } of runs) {
      assert.match(program.output, /(Option inconnue|--port attend)[\s\S]*Usage :/)
      assert.equal(code, 2)
    }
  })
  if (role.parameters.includes('port') && !role.opens && !byHand) {
    test('a port where nothing listens is said in a sentence, or unknown to UDP; never a stack', {
      skip,
    }, async () => {
      await using program = await Program.start(id, role.program, variant, [
        '--port=1',
        ...fixedOptions(role),
      ])
      program.type('bonjour')
      program.eof()
      const code = await program.end()
      assert.doesNotMatch(program.output, /\n\s+at /)
      if (code !== 0) assert.match(program.output, /Connexion refusée/)
    })
  }
  if (!role.opens || byHand || role.fixed?.port === 0) return
  test('a port already taken is said and ends the program with a code', { skip }, async () => {
    const { port, release } = await takenPort()
    try {
      const { program, code } = await run(`--port=${port}`, ...fixedOptions(role))
      // The same words in every program and every variant, alone on their line.
      assert.match(program.output, new RegExp(`^Le port ${port} est déjà pris : [^:\\n]*$`, 'm'))
      assert.notEqual(code, 0)
    } finally {
      release()
    }
  })
}
