import { type Ctx, defineCheck, type Program, type UdpPeer } from '../../check.ts'

async function start(c: Ctx): Promise<{ program: Program; sender: UdpPeer }> {
  const program = await c.launch()
  return { program, sender: await c.udp('l’émetteur', { to: program }) }
}

/** The next JSON line must tell these bytes of the sender. */
async function tells(c: Ctx, program: Program, sender: UdpPeer, data: Uint8Array): Promise<void> {
  const { match } = await program.line(/^\{.*\}$/)
  let told: Record<string, unknown> = {}
  try {
    told = JSON.parse(match[0])
  } catch {
    c.fail(
      `votre programme a affiché ${match[0].slice(0, 60)}, qui n’est pas du JSON`,
      'une ligne JSON par datagramme',
    )
  }
  const hexa = Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const wanted = { de: '127.0.0.1', port: sender.port, taille: data.length, hexa }
  for (const [key, value] of Object.entries(wanted)) {
    if (told[key] !== value) c.fail(`« ${key} » vaut ${short(told[key])}`, short(value))
  }
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'rien'
  return text.length > 24 ? `${text.slice(0, 24)}… (${text.length - 2} chiffres)` : text
}

const bytes = (...values: number[]) => Uint8Array.from(values)

export default defineCheck({
  exercise: 'EX-8.5.1-2',
  ready: 'udp',
  criteria: [
    {
      id: 'une-ligne-json',
      say: 0,
      hint: 2,
      async run(c) {
        const { program, sender } = await start(c)
        await sender.send('ab')
        await tells(c, program, sender, bytes(97, 98))
      },
    },
    {
      id: 'vide',
      say: 1,
      async run(c) {
        const { program, sender } = await start(c)
        await sender.send('')
        await tells(c, program, sender, bytes())
      },
    },
    {
      id: 'binaire',
      say: 2,
      hint: 1,
      async run(c) {
        const { program, sender } = await start(c)
        const data = bytes(0x00, 0xff, 0x0a, 0x0d, 0xc3)
        await sender.send(data)
        await tells(c, program, sender, data)
      },
    },
    {
      id: 'soixante',
      say: 3,
      hint: 1,
      async run(c) {
        const { program, sender } = await start(c)
        await Promise.all(Array.from({ length: 60 }, (_, i) => sender.send(bytes(i))))
        for (let i = 0; i < 60; i++) await tells(c, program, sender, bytes(i))
        // A later fact: nothing was printed twice.
        await sender.send(bytes(255))
        await tells(c, program, sender, bytes(255))
      },
    },
    {
      id: 'grands',
      say: 4,
      async run(c) {
        const { program, sender } = await start(c)
        for (const size of [1472, 9000, 65_507]) {
          const data = c.bytes(size)
          await sender.send(data)
          await tells(c, program, sender, data)
        }
      },
    },
  ],
  mutants: [
    {
      name: 'any',
      idea: 'attacher à Any : ::ffff:127.0.0.1',
      rejectedBy: 'une-ligne-json',
      edits: [['QHostAddress.AnyIPv4', 'QHostAddress.Any']],
    },
    {
      name: 'texte',
      idea: 'passer par du texte',
      rejectedBy: 'binaire',
      edits: [["data.toString('hex')", "Buffer.from(data.toString('utf8')).toString('hex')"]],
    },
    {
      name: 'desordre',
      idea: 'afficher plus tard, quand on peut',
      rejectedBy: 'soixante',
      edits: [
        ['    console.log(JSON', '    const ligne = (JSON'],
        [
          "toString('hex') }))\n",
          "toString('hex') }))\n    setTimeout(() => console.log(ligne), Math.random() * 30)\n",
        ],
      ],
    },
    {
      name: 'tronque',
      idea: 'un tampon de 1500 octets',
      rejectedBy: 'grands',
      edits: [['readDatagram()', 'readDatagram(1500)']],
    },
    {
      name: 'vide-ignore',
      idea: 'ignorer le datagramme vide',
      rejectedBy: 'vide',
      edits: [['udpSocket.readDatagram()\n', 'udpSocket.readDatagram()\n    if (size === 0) continue\n']],
    },
  ],
})
