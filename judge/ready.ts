/**
 * Whether a program is there. Where the system tells which process holds a port, nothing is asked of the program: no line,
 * no connection. Elsewhere its line « port : 1234 » tells.
 */
import type { Ready } from '../labs/check.ts'
import type { Host } from './host.ts'
import type { ProgramUnderTest } from './program.ts'
import type { Scene } from './scene.ts'
import { Trouble, Unsure } from './verdicts.ts'
import { capital, feminine, milliseconds } from './words.ts'

/** How long a program may take to open its port, in ms. */
const PATIENCE = 3000
/** A port opened elsewhere, and still no other after this long, is an answer too, in ms. */
const ASTRAY = 400
/** How long it may take to join a group once its port is open, in ms: one that never does is judged by what it misses. */
const JOINING = 400
/** Looking at all that the system tells is not free: rest between two looks, in ms. */
const REST = 15
/** A launcher (npm, sh) starts the real program: after this long its descendants are looked at too, in ms. */
const LAUNCHED = 150

/** Resolves once one more than `before` is a member of a group, or after the moment that it may take. */
export async function becomeMember(scene: Scene, host: Host, group: string, before: number): Promise<void> {
  await scene
    .until(() => (host.members(group) ?? Number.POSITIVE_INFINITY) > before, JOINING)
    .catch((error) => {
      if (!(error instanceof Unsure)) throw error
    })
}

/** Resolves when the program holds its port; rejects with the `Trouble` that says what it did instead. */
export async function becomeReady(
  program: ProgramUnderTest,
  transport: Exclude<Ready, 'none'>,
  scene: Scene,
): Promise<void> {
  const age = () => performance.now() - program.startedAt
  let looked = 0
  let astray = 0
  let isHere = false
  const look = () => {
    if (!program.alive) return true
    if (performance.now() - looked < REST) return false
    looked = performance.now()
    const ports = program.ports(transport, age() > LAUNCHED)
    if (ports === null) {
      isHere = program.printed.announcedPort > 0
      return isHere
    }
    const wanted = program.port
    isHere = wanted === 0 ? program.printed.announcedPort > 0 : ports.includes(wanted)
    if (isHere) return true
    if (ports.length === 0 || wanted === 0) astray = 0
    else astray ||= looked
    return astray > 0 && looked - astray > ASTRAY
  }
  await scene.until(look, PATIENCE).catch((error) => {
    if (!(error instanceof Unsure)) throw error
  })
  if (isHere && program.alive) {
    if (program.port === 0) program.port = program.printed.announcedPort
    return
  }
  program.mayEnd = true
  throw program.alive ? elsewhere(program, transport, age()) : endedEarly(program)
}

function endedEarly(program: ProgramUnderTest): Trouble {
  const { name, printed } = program
  if (program.code === 127) {
    return new Trouble('not-found', 'La commande à juger ne se lance pas.', printed.tail(2))
  }
  if (printed.isSyntaxError) {
    const text = 'Votre programme ne se lit pas : il y a une faute de syntaxe.'
    return new Trouble('syntax', text, printed.syntaxExcerpt())
  }
  const before = program.port === 0 ? "d'ouvrir un port" : `d'ouvrir le port ${program.port}`
  const text = `${capital(name)} s'est terminé${feminine(name)} (${program.how()}) avant ${before}.`
  const failure = printed.failure()
  return new Trouble('ended', text, failure ? [failure] : [])
}

function elsewhere(program: ProgramUnderTest, transport: 'tcp' | 'udp', age: number): Trouble {
  const name = capital(program.name)
  const [port] = program.ports(transport, true) ?? []
  if (port !== undefined && program.port !== 0) {
    const text = `${name} a ouvert le port ${port}, et non le port ${program.port} demandé par --port.`
    return new Trouble('wrong-port', text)
  }
  const other = transport === 'tcp' ? 'udp' : 'tcp'
  const [crossed] = program.ports(other, true) ?? []
  if (crossed !== undefined) {
    const text = `${name} a ouvert le port ${crossed} en ${other.toUpperCase()} ; l'exercice demande ${transport.toUpperCase()}.`
    return new Trouble('wrong-port', text)
  }
  const what =
    port === undefined ? `n'a ouvert aucun port ${transport.toUpperCase()}` : "n'annonce pas son port"
  const text = `${name} ${what} : le vérificateur l'a attendu ${milliseconds(age)}.`
  return new Trouble('never-ready', text, program.printed.tail(3))
}
