import { defineCheck } from '../../check.ts'

const MIB = 1 << 20

export default defineCheck({
  exercise: 'EX-8.2-3',
  ready: 'tcp',
  criteria: [
    {
      id: 'ete-tcp',
      say: 0,
      hint: 1,
      async run(c) {
        const client = await c.connect(await c.launch(), 'le client')
        client.send('été')
        await client.gets('ÉTÉ')
        await client.trickle('été')
        await client.gets('ÉTÉ')
      },
    },
    {
      id: 'ete-udp',
      say: 0,
      hint: 2,
      async run(c) {
        const asker = await c.udp('l’émetteur', { to: await c.launch({}, { ready: 'udp' }) })
        await asker.send('été')
        await asker.gets('ÉTÉ')
      },
    },
    {
      id: 'grand-datagramme',
      say: 1,
      async run(c) {
        const asker = await c.udp('l’émetteur', { to: await c.launch({}, { ready: 'udp' }) })
        await asker.send('a'.repeat(65_507))
        await asker.gets('A'.repeat(65_507), 2000)
      },
    },
    {
      id: 'mebioctet',
      say: 2,
      hint: 1,
      async run(c) {
        const client = await c.connect(await c.launch(), 'le client')
        const text = 'abcé€'.repeat(MIB / 8)
        const bytes = new TextEncoder().encode(text)
        for (const size of [1, 7]) await client.trickle(bytes.subarray(0, 40), size)
        for (let at = 0; at < bytes.length; at += 4096) client.send(bytes.subarray(at, at + 4096))
        const first = text.slice(0, 20).toUpperCase()
        await client.gets(first + first + text.toUpperCase(), 10_000)
      },
    },
    {
      id: 'fin-de-flux',
      say: 3,
      async run(c) {
        const client = await c.connect(await c.launch(), 'le client')
        client.send('à la fin')
        client.fin()
        await client.gets('À LA FIN')
        await client.getsEnd()
      },
    },
  ],
  mutants: [
    {
      name: 'par-morceau',
      idea: 'décoder chaque morceau',
      rejectedBy: 'ete-tcp',
      edits: [['decodeur.write(octets)', 'octets.toString()']],
    },
    {
      name: 'ascii',
      idea: 'ne changer que les lettres sans accent',
      rejectedBy: 'ete-tcp',
      edits: [
        ['return texte.toUpperCase()', 'return texte.replace(/[a-z]/g, (lettre) => lettre.toUpperCase())'],
      ],
    },
    {
      name: 'petit',
      idea: 'ne renvoyer que 1500 octets',
      rejectedBy: 'grand-datagramme',
      edits: [
        ['enMajuscules(datagramme.toString())', 'enMajuscules(datagramme.subarray(0, 1500).toString())'],
      ],
    },
    {
      name: 'ouverte',
      idea: 'garder la connexion après la fin de flux',
      rejectedBy: 'fin-de-flux',
      edits: [['client.end(enMajuscules(decodeur.end()))', 'client.write(enMajuscules(decodeur.end()))']],
    },
    {
      name: 'trop-tot',
      idea: 'couper à la fin de flux',
      rejectedBy: ['fin-de-flux'],
      edits: [['client.end(enMajuscules(decodeur.end()))', 'client.resetAndDestroy()']],
    },
  ],
})
