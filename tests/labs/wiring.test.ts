/** What the learner decides about the wiring, over real programs: a typed value, a target, a restart, a slider. */
import assert from 'node:assert/strict'
import { type AddressInfo, createServer } from 'node:net'
import { describe, test } from 'node:test'
import { TYPED } from '../../site/lab/panel/roles.ts'
import { type Bench, benchOf, loadLab, type RealPane } from './panes.ts'

const TIMEOUT = { timeout: 120_000 }

async function launched(id: string): Promise<Bench> {
  const bench = benchOf(id, await loadLab(id), 'node')
  assert.equal(await bench.roles.startAll(), null)
  return bench
}

const shows = (pane: RealPane, pattern: RegExp) => pane.until(({ output }) => pattern.test(output))

describe('the wiring of a lab', () => {
  test('the UDP service takes the number of the base, the client goes to mini-web', TIMEOUT, async () => {
    await using bench = await launched('ports')
    const port = (id: string) => bench.pane(id).values.port
    assert.equal(port('service-udp'), port('fausse-base'))
    assert.notEqual(port('mini-web'), port('fausse-base'))
    assert.equal(bench.pane('client').given[0]!.port, Number(port('mini-web')))
  })

  test('another parameter chooses the source: the transport of the sender', TIMEOUT, async () => {
    await using bench = await launched('transports')
    bench.typed.transport = 'tcp'
    await bench.roles.start(bench.pane('emetteur'))
    await shows(bench.pane('recepteur-tcp'), /Bilan TCP : 50 nombres en \d+ lectures, complets/)
    await shows(bench.pane('relais-tcp'), /connexion n° 1 relayée/)
  })

  test('a typed port wins over the wiring', TIMEOUT, async () => {
    await using bench = await launched('ports')
    const client = bench.pane('client')
    await shows(client, /200 OK/)
    bench.typed.port = Number(bench.pane('fausse-base').values.port)
    await bench.roles.start(client)
    await shows(client, /demande incomprise/)
    assert.deepEqual(bench.roles.targetOf(client), { pane: null, port: bench.typed.port })
  })

  test('a value typed after a target was chosen wins over it', TIMEOUT, async () => {
    await using bench = await launched('ports')
    const client = bench.pane('client')
    bench.roles.point(client, 'fausse-base')
    bench.typed.port = Number(bench.pane('mini-web').values.port)
    await bench.roles.start(client)
    await shows(client, /demande incomprise/)
    bench.roles.unpoint('port')
    await bench.roles.start(client)
    await shows(client, /200 OK/)
  })

  test(
    'a client pointed at another server goes there, and comes back to the typed value',
    TIMEOUT,
    async () => {
      await using bench = await launched('client-vole')
      const [repaired, client] = [bench.pane('serveur-repare'), bench.pane('client-a')]
      await bench.roles.start(repaired)
      bench.roles.point(client, 'serveur-repare')
      assert.equal(bench.roles.targetOf(client)?.pane, repaired)
      await bench.roles.start(client)
      await shows(repaired, /Nouveau client/)
      bench.roles.point(client, TYPED)
      bench.typed.port = 1
      assert.deepEqual(bench.roles.targetOf(client), { pane: null, port: 1 })
      // Refused, it ends before it is ready.
      await assert.rejects(bench.roles.start(client))
      await shows(client, /Connexion refusée/)
    },
  )

  test(
    'a role started again keeps its port, its relay too, and its clients still reach it',
    TIMEOUT,
    async () => {
      const bench = benchOf('client-serveur-tcp', await loadLab('client-serveur-tcp'), 'node')
      await using _ = bench
      const relay = await bench.insertRelay()
      assert.equal(await bench.roles.startAll(), null)
      const [server, client] = [bench.pane('serveur'), bench.pane('client')]
      const ports = [server.values.port, relay.values.port]
      await bench.roles.start(server)
      await bench.roles.start(relay)
      assert.deepEqual([server.values.port, relay.values.port], ports)
      await bench.roles.start(client)
      await shows(client, /Message reçu sur le serveur/)
      await shows(relay, /connexion n° 1 relayée/)
    },
  )

  test('an inserted relay is where a client goes, even when the port was typed', TIMEOUT, async () => {
    await using bench = benchOf('client-serveur-tcp', await loadLab('client-serveur-tcp'), 'node')
    const { promise: port, resolve } = Promise.withResolvers<number>()
    const probe = createServer().listen(0, '127.0.0.1', () => resolve((probe.address() as AddressInfo).port))
    bench.typed.port = await port
    await new Promise((closed) => probe.close(closed))
    const relay = await bench.insertRelay()
    // Its own port is not known yet, and the typed one is the server's.
    assert.deepEqual(bench.roles.targetOf(bench.pane('client')), { pane: relay, port: 0 })
    assert.equal(await bench.roles.startAll(), null)
    const target = { pane: relay, port: Number(relay.values.port) }
    assert.deepEqual(bench.roles.targetOf(bench.pane('client')), target)
    await shows(relay, /connexion n° 1 relayée/)
  })

  test('« Tout lancer » asks for the ports of the form again', TIMEOUT, async () => {
    await using bench = await launched('udp')
    await bench.roles.startAll()
    assert.equal(bench.pane('recepteur').given[1]!.port, 0)
  })
})

describe('a slider', () => {
  test('acts at once on the running relay', TIMEOUT, async () => {
    const bench = benchOf('udp', await loadLab('udp'), 'node')
    await using _ = bench
    const relay = await bench.insertRelay({ perte: 0 })
    assert.equal(await bench.roles.startAll(), null)
    const [receiver, sender] = [bench.pane('recepteur'), bench.pane('emetteur')]
    await shows(receiver, /Message à envoyer/)
    assert.equal(bench.roles.adjust('perte', 100, [relay]), 'live')
    await shows(relay, /\[relais\] perte : 100 %/)
    sender.send('perdu en chemin\r')
    await shows(relay, /n° 2, taille 15 : perdu/)
    assert.equal(bench.roles.adjust('perte', 0, [relay]), 'live')
    await shows(relay, /\[relais\] perte : 0 %/)
    sender.send('bien arrivé\r')
    await shows(receiver, /bien arrivé/)
    assert.doesNotMatch(receiver.output, /perdu en chemin/)
  })

  test('of a seed waits for the next launch, and nobody is told when nothing runs', TIMEOUT, async () => {
    const bench = benchOf('udp', await loadLab('udp'), 'node')
    await using _ = bench
    const relay = await bench.insertRelay()
    assert.equal(bench.roles.adjust('graine', 7, [relay]), null)
    assert.equal(await bench.roles.startAll(), null)
    assert.equal(bench.roles.adjust('graine', 7, [relay]), 'later')
  })

  test('cuts TCP otherwise, in the labs whose relay is one of the roles', TIMEOUT, async () => {
    await using bench = await launched('cadrage')
    const [relay, server] = [bench.pane('relais'), bench.pane('serveur')]
    await shows(server, /Message n° 5/)
    assert.equal(bench.roles.adjust('decoupe', 1, bench.roles.panes), 'live')
    await shows(relay, /\[relais\] decoupe : 1 octet\s/)
    bench.pane('client').send('douze octets\r')
    await shows(relay, /lu, taille 13, morceaux : 13/)
    await shows(server, /Message n° 6 : "douze octets"/)
  })

  test('does not accept what the relay cannot do, and says what it can', TIMEOUT, async () => {
    const bench = benchOf('udp', await loadLab('udp'), 'node')
    await using _ = bench
    const relay = await bench.insertRelay()
    assert.equal(await bench.roles.startAll(), null)
    for (const line of ['perte 101', 'decoupe 3', 'bonjour']) relay.send(`${line}\r`)
    await shows(
      relay,
      /perte : de 0 à 100 %[\s\S]*réglages : perte, desordre, doublons, retard[\s\S]*réglages :/,
    )
  })
})
