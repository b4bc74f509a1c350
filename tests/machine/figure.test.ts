/** The figure of the programs of the machine: the same as that of the real ones, times aside. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { sourcesOf, twin } from '../../machine/programs.ts'
import { ROOT } from '../../scripts/build.ts'
import { fileOf, record } from '../../scripts/recorder.ts'
import { happeningsOf, readRecording } from '../../site/lab/link/recording-file.ts'
import { figureOf } from '../../site/lab/wire/figure.ts'
import type { Happening, Moment } from '../../site/lab/wire/moments.ts'
import { labs } from '../labs/played.ts'
import { optionsOf } from '../variants.ts'
import { MachineInNode } from './in-node.ts'
import { playScenario } from './stage.ts'

const machine = await MachineInNode.open()
after(() => machine.close())
const whole = { 'labs/qt-network/index.ts': await twin(ROOT) }

async function onMachine(id: string, variant: 'ts' | 'node'): Promise<Happening[]> {
  const happenings: Happening[] = []
  const start = (file: string, args: readonly string[], heard: Parameters<typeof machine.start>[3]) =>
    machine.start(file, sourcesOf(file, ROOT, whole), args, heard)
  const told = await playScenario(
    id,
    labs.get(id)!,
    variant,
    variant,
    (file, args, heard) =>
      start(file, args, { ...heard, lost: (size) => assert.fail(`${size} bytes were lost`) }),
    (happening) => happenings.push(happening),
  )
  assert.equal(told, 'ok')
  return happenings
}

async function forReal(id: string, variant: 'ts' | 'node'): Promise<Happening[]> {
  return happeningsOf(readRecording(fileOf(await record(id, labs.get(id)!, variant, { freely: true })))!)
}

/** Ports that the system chose. */
const plain = (value: unknown) => String(value).replace(/:\d+(?=$| )/g, ':n')

/**
 * What each program did, in its own order, after how many bytes of text, and the arrows: times and ports left out.
 * Where lines are typed the bytes are left out too: a key may be echoed between a send and the word about it.
 */
function said(id: string, happenings: readonly Happening[]): string[] {
  const typed = new Set(labs.get(id)!.scenario.flatMap((step) => (step.action === 'type' ? [step.role] : [])))
  const figure = figureOf(happenings)
  assert.equal(figure.lost, 0, 'events were lost')
  const runs = Map.groupBy(figure.moments, ({ run }) => run)
  const lines = [...runs]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([, moments]) => moments.map((moment) => lineOf(moment, !typed.has(moment.role))))
  const arrows = figure.arrows.map(
    ({ kind, from, to, fate }) => `${from?.role} → ${to?.role} : ${kind}, ${fate}`,
  )
  return [...lines, ...arrows.toSorted()]
}

function lineOf({ role, event, offset }: Moment, placed: boolean): string {
  const { kind, at, order, process, node, until, ...rest } = {
    order: 0,
    process: '',
    node: '',
    until: 0,
    ...event,
  }
  const words = Object.entries(rest).toSorted(([a], [b]) => a.localeCompare(b))
  return `${role}${placed ? `, ${offset}` : ''} : ${kind} ${words.map(([key, value]) => `${key}=${key === 'site' ? value : plain(value)}`).join(' ')}`
}

describe('the figure of the machine is that of the real programs', () => {
  // Those whose programs end by themselves: those that are stopped together hear of each other or not.
  for (const id of ['refus', 'udp', 'client-serveur-tcp']) {
    for (const variant of ['ts', 'node'] as const) {
      test(`${id} in ${variant}`, optionsOf(variant), async () => {
        assert.deepEqual(said(id, await onMachine(id, variant)), said(id, await forReal(id, variant)))
      })
    }
  }
})
