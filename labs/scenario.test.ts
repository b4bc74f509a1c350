import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Lab, Role, Step } from './lab.ts'
import { Scenario, ScenarioError, type Stage } from './scenario.ts'
import type { TraceEvent } from './trace.ts'

const lab: Lab = {
  title: 'Écho',
  section: '0',
  goal: 'Entendre ce que l’on dit.',
  parameters: { port: { kind: 'port', label: 'Port', default: 1234 } },
  roles: [
    {
      id: 'serveur',
      title: 'Serveur',
      program: 'serveur',
      variants: ['ts'],
      parameters: ['port'],
      ready: /port : (?<port>\d+)/,
      opens: { port: 'port', over: 'tcp' },
    },
    {
      id: 'client',
      title: 'Client',
      program: 'client',
      variants: ['ts'],
      parameters: ['port'],
      takes: { port: 'serveur.port' },
    },
  ],
  scenario: [
    { role: 'serveur', action: 'start', say: 'Le serveur démarre.', expect: { output: /port : \d+/ } },
    { role: 'client', action: 'start', say: 'Le client démarre.' },
    {
      role: 'client',
      action: 'type',
      text: 'bonjour',
      say: 'Il parle.',
      expect: { role: 'serveur', output: /bonjour/ },
    },
    { role: 'client', action: 'interrupt', say: 'Il part.', expect: { exit: 130 } },
  ],
}

/** A stage in memory: what is typed at the client appears at the server. */
class MemoryStage implements Stage {
  readonly started: [string, object][] = []
  readonly printed: Record<string, string> = { serveur: '', client: '' }
  /** What the sockets of the server did. */
  did: TraceEvent[] | null = []
  deaf = false
  #code: number | null = null

  async start(role: string, parameters: object) {
    this.started.push([role, parameters])
    this.printed[role] = role === 'serveur' ? 'port : 4321\n' : 'connecté\n'
    return role === 'serveur' ? { port: '4321' } : ({} as Record<string, string>)
  }
  send(_role: string, keys: string) {
    if (keys === '\x03') this.#code = 130
    else if (!this.deaf) this.printed.serveur += keys
  }
  async stop() {}
  output(role: string) {
    return this.printed[role] ?? ''
  }
  events(role: string) {
    return role === 'serveur' ? this.did : []
  }
  exitCode(role: string) {
    return role === 'client' ? this.#code : null
  }
  async change() {
    throw new Error('nothing more will come')
  }
}

test('a scenario gives a role the port told by the role that it takes it from', async () => {
  const stage = new MemoryStage()
  const scenario = new Scenario(lab, stage)
  while (scenario.next !== null) await scenario.play()
  assert.deepEqual(stage.started, [
    ['serveur', {}],
    ['client', { port: 4321 }],
  ])
})

test('a scenario gives nothing to a role that takes nothing, whatever its parameters are called', async () => {
  const stage = new MemoryStage()
  const [server, { takes, ...client }] = lab.roles as [Role, Role]
  const scenario = new Scenario({ ...lab, roles: [server, client] }, stage)
  while (scenario.next !== null) await scenario.play()
  assert.deepEqual(stage.started[1], ['client', {}])
})

test('a step may name another source, and a role started again keeps its port', async () => {
  const stage = new MemoryStage()
  const [start, client] = lab.scenario as [Step, Step]
  const scenario = [start, { ...client, takes: { port: 'ailleurs.port' } }, start]
  const played = new Scenario({ ...lab, scenario }, stage)
  while (played.next !== null) await played.play()
  assert.deepEqual(stage.started, [
    ['serveur', {}],
    ['client', {}],
    ['serveur', { port: 4321 }],
  ])
})

test('an expectation only looks at what was printed since its step began', async () => {
  const stage = new MemoryStage()
  const scenario = new Scenario(lab, stage)
  await scenario.play()
  await scenario.play()
  stage.printed.serveur += 'bonjour (avant)\n'
  stage.deaf = true
  await assert.rejects(scenario.play(), ScenarioError)
})

test('a failed step says which one and what it had expected', async () => {
  const stage = new MemoryStage()
  stage.deaf = true
  const scenario = new Scenario(lab, stage)
  await scenario.play()
  await scenario.play()
  await assert.rejects(scenario.play(), /step 3: \/bonjour\/ from serveur/)
})

test('a role that ended without what was awaited fails the step at once, and its code is told', async () => {
  class EndedStage extends MemoryStage {
    override exitCode() {
      return 3
    }
    override change() {
      return new Promise<never>(() => {})
    }
  }
  const stage = new EndedStage()
  stage.deaf = true
  const scenario = new Scenario(lab, stage)
  await scenario.play()
  await scenario.play()
  await assert.rejects(scenario.play(), { name: 'ScenarioError', exitCode: 3 })
})

const receive = (order: number, bytes: number): TraceEvent => {
  return { kind: 'receive', process: '1', order, at: order, socket: 1, bytes }
}

/** The scenario whose third step awaits four bytes at the server, played that far. */
async function playedToEvent(stage: MemoryStage): Promise<Scenario> {
  const [start, client, type] = lab.scenario as [Step, Step, Step]
  const awaited: Step = { ...type, expect: { role: 'serveur', event: { kind: 'receive', bytes: 4 } } }
  const scenario = new Scenario({ ...lab, scenario: [start, client, awaited] }, stage)
  await scenario.play()
  await scenario.play()
  return scenario
}

test('an expected event is one that fits, after the step began', async () => {
  const stage = new MemoryStage()
  const scenario = await playedToEvent(stage)
  stage.did = [receive(0, 4)]
  stage.send = () => stage.did?.push(receive(1, 5), receive(2, 4))
  await scenario.play()
  assert.equal(scenario.next, null)
})

test('an event of before the step, or one that does not fit, is not the one expected', async () => {
  const stage = new MemoryStage()
  const scenario = await playedToEvent(stage)
  stage.did = [receive(0, 4)]
  stage.send = () => stage.did?.push(receive(1, 5))
  await assert.rejects(scenario.play(), /step 3: \{"kind":"receive","bytes":4\} from serveur/)
})

test('an event is not awaited from a role that nobody observes', async () => {
  const stage = new MemoryStage()
  const scenario = await playedToEvent(stage)
  stage.did = null
  await scenario.play()
  assert.equal(scenario.next, null)
})
