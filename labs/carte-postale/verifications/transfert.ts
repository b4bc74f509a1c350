import { type Ctx, defineCheck, type Program, type Relay } from '../../check.ts'

/** A transfer is a hundred exchanges, some of them lost and awaited: how long it may take, in ms. */
const PATIENCE = 25_000
const SIZE = 100_000
const BLOCKS = SIZE / 1000

interface Transfer {
  receiver: Program
  sender: Program
  relay: Relay
  sent: Uint8Array
  received(): Promise<Uint8Array>
}

async function transfer(c: Ctx, size: number, trouble: { loss: number; double: number }): Promise<Transfer> {
  const content = c.bytes(size)
  const [from, to] = [await c.file(content), await c.file()]
  const receiver = await c.launch(
    { role: 'recepteur', fichier: to.path, port: await c.freePort() },
    { name: 'le récepteur' },
  )
  const relay = await c.relay(receiver, trouble)
  const options = { role: 'emetteur', fichier: from.path, port: relay.port }
  const sender = await c.launch(options, { ready: 'none', name: 'l’émetteur' })
  return { receiver, sender, relay, sent: content, received: () => to.read() }
}

async function same(c: Ctx, { sent, received }: Transfer): Promise<void> {
  const got = await received()
  const at = sent.findIndex((byte, i) => byte !== got[i])
  if (got.length === sent.length && at === -1) return
  const where = at === -1 ? '' : `, différents à partir de l’octet ${at + 1}`
  c.fail(`le fichier reçu a ${got.length} octets${where}`, `les ${sent.length} octets du fichier envoyé`)
}

export default defineCheck({
  exercise: 'EX-8.4.1-4',
  ready: 'udp',
  criteria: [
    {
      id: 'identique',
      say: 0,
      hint: 1,
      async run(c) {
        const done = await transfer(c, 5500, { loss: 0, double: 0 })
        await done.sender.ends(0, PATIENCE)
        await same(c, done)
      },
    },
    {
      id: 'doublons',
      say: 2,
      hint: 1,
      async run(c) {
        const done = await transfer(c, 20_000, { loss: 0, double: 100 })
        await done.sender.ends(0, PATIENCE)
        await same(c, done)
      },
    },
    {
      id: 'pertes',
      say: 0,
      hint: 2,
      async run(c) {
        const done = await transfer(c, SIZE, { loss: 30, double: 10 })
        await done.sender.ends(0, PATIENCE)
        await same(c, done)
        const sendings = done.relay.seen.filter(({ up }) => up).length
        if (sendings > 5 * (BLOCKS + 1)) {
          c.fail(`${sendings} envois pour ${BLOCKS} blocs`, 'cinq par bloc au plus, en moyenne')
        }
      },
    },
    {
      id: 'envois',
      say: 1,
      hint: 2,
      async run(c) {
        const done = await transfer(c, 20_000, { loss: 0, double: 0 })
        await done.sender.ends(0, PATIENCE)
        const sendings = done.relay.seen.filter(({ up }) => up).length
        if (sendings > 30)
          c.fail(`${sendings} envois pour 20 blocs, sans aucune perte`, 'un par bloc, et la fin')
      },
    },
    {
      id: 'tous-finis',
      say: 3,
      hint: 2,
      async run(c) {
        const done = await transfer(c, 3000, { loss: 20, double: 0 })
        await done.sender.ends(0, PATIENCE)
        await done.receiver.ends(0, 6000)
        await same(c, done)
      },
    },
  ],
  mutants: [
    {
      name: 'doublon-ecrit',
      idea: 'écrire ce qu’on a déjà',
      rejectedBy: 'doublons',
      edits: [['      if (numero !== attendu) continue\n', '']],
    },
    {
      name: 'doublon-muet',
      idea: 'ne pas acquitter un doublon',
      rejectedBy: 'pertes',
      edits: [
        ['      socket.writeDatagram(recu.makeReply(message.subarray(0, 4)))\n', ''],
        [
          '      attendu += 1\n',
          '      attendu += 1\n      socket.writeDatagram(recu.makeReply(message.subarray(0, 4)))\n',
        ],
      ],
    },
    {
      name: 'mitraille',
      idea: 'réémettre sans attendre l’accusé',
      rejectedBy: ['envois', 'pertes'],
      edits: [
        [
          '    minuteur.start(DELAI)\n',
          '    for (let i = 0; i < 8; i++) socket.writeDatagram(bloc, destinataire, options.port)\n    minuteur.start(DELAI)\n',
        ],
      ],
    },
    {
      name: 'jamais-fini',
      idea: 'ne pas reconnaître la fin',
      rejectedBy: 'tous-finis',
      edits: [['      if (donnees.length === 0) QTimer.singleShot(RESTE, () => terminer(0))\n', '']],
    },
  ],
})
