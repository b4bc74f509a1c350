import { type Ctx, defineCheck, type UdpPeer } from '../../check.ts'

/** What a message becomes: the program, ended with this code, and the one who was to receive it. */
async function sent(c: Ctx, message: string, code: 0 | null): Promise<UdpPeer> {
  const receiver = await c.udp('le destinataire')
  const program = await c.launch({ port: receiver.port, message })
  await program.ends(code)
  if (code === null) await program.prints(['ERREUR TAILLE'], /^ERREUR/)
  return receiver
}

export default defineCheck({
  exercise: 'EX-8.5.1-1',
  ready: 'none',
  criteria: [
    {
      id: 'un-seul',
      say: 0,
      hint: 2,
      async run(c) {
        const receiver = await sent(c, 'un seul', 0)
        await receiver.gets('un seul')
        await c.absence()
        receiver.nothing('un seul datagramme')
      },
    },
    {
      id: 'octets',
      say: 1,
      hint: 1,
      async run(c) {
        const receiver = await sent(c, 'Message à envoyer', 0)
        await receiver.gets('Message à envoyer')
      },
    },
    {
      id: 'vide',
      say: 2,
      hint: 1,
      async run(c) {
        const receiver = await sent(c, '', 0)
        await receiver.gets('')
      },
    },
    {
      id: 'trop-grand',
      say: 3,
      async run(c) {
        const receiver = await sent(c, 'a'.repeat(70_000), null)
        await c.absence()
        receiver.nothing('70 000 octets ne tiennent pas dans un datagramme')
      },
    },
  ],
  mutants: [
    {
      name: 'latin1',
      idea: 'envoyer en Latin-1',
      rejectedBy: 'octets',
      edits: [['toUtf8(options.message)', "Buffer.from(options.message, 'latin1')"]],
    },
    {
      name: 'vide-ignore',
      idea: 'ne pas envoyer un message vide',
      rejectedBy: 'vide',
      edits: [['const taille = udp', "const taille = options.message === '' ? 0 : udp"]],
    },
    {
      name: 'double',
      idea: 'envoyer deux fois, pour être sûr',
      rejectedBy: 'un-seul',
      edits: [
        [
          'const taille',
          'udpSocket.writeDatagram(toUtf8(options.message), adresse, options.port)\nconst taille',
        ],
      ],
    },
    {
      name: 'sourd',
      idea: 'ne pas lire ce que répond writeDatagram',
      rejectedBy: 'trop-grand',
      edits: [['terminer(taille < 0 ? 1 : 0)', 'terminer(0)']],
    },
  ],
})
