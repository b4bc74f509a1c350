import { defineCheck } from '../../check.ts'

/** A message and its length before it. */
function framed(content: Uint8Array): Uint8Array {
  const frame = new Uint8Array(4 + content.length)
  new DataView(frame.buffer).setUint32(0, content.length)
  frame.set(content, 4)
  return frame
}

const text = (content: string) => framed(new TextEncoder().encode(content))

export default defineCheck({
  exercise: 'EX-8.7-2',
  ready: 'tcp',
  criteria: [
    {
      id: 'vide',
      say: 0,
      async run(c) {
        const client = await c.connect(await c.launch(), 'le client')
        client.send(text(''))
        await client.gets(text(''))
        client.send(text('abc'))
        await client.gets(text('abc'))
      },
    },
    {
      id: 'longueur-coupee',
      say: 1,
      hint: 1,
      async run(c) {
        const client = await c.connect(await c.launch(), 'le client')
        const frame = text('coupée')
        await client.trickle(frame.subarray(0, 1), 1)
        await client.trickle(frame.subarray(1, 4), 3)
        await client.trickle(frame.subarray(4), 2)
        await client.gets(frame)
        await client.trickle(frame)
        await client.gets(frame)
      },
    },
    {
      id: 'colles',
      say: 1,
      hint: 2,
      async run(c) {
        const client = await c.connect(await c.launch(), 'le client')
        const big = framed(c.bytes(65_536))
        const both = new Uint8Array([...text('un'), ...text(''), ...big])
        client.send(both)
        await client.gets(both, 3000)
      },
    },
    {
      id: 'quatre-gio',
      say: 2,
      hint: 2,
      async run(c) {
        const program = await c.launch()
        const other = await c.connect(program, 'un autre client')
        const client = await c.connect(program, 'le client qui annonce 4 Gio')
        client.send(Uint8Array.of(0xff, 0xff, 0xff, 0xff))
        await client.getsEnd(1000, { reset: true })
        const next = await c.connect(program, 'le client qui annonce un octet de trop')
        next.send(Uint8Array.of(0, 1, 0, 1))
        await next.getsEnd(1000, { reset: true })
        other.send(text('toujours là'))
        await other.gets(text('toujours là'))
      },
    },
    {
      id: 'fin-prematuree',
      say: 3,
      async run(c) {
        const program = await c.launch()
        const client = await c.connect(program, 'le client qui part trop tôt')
        client.send(text('jamais fini').subarray(0, 9))
        client.fin()
        await client.getsEnd()
        const next = await c.connect(program, 'le client suivant')
        next.send(text('abc'))
        await next.gets(text('abc'))
      },
    },
  ],
  mutants: [
    {
      name: 'une-lecture',
      idea: 'croire qu’une lecture est un message',
      rejectedBy: 'longueur-coupee',
      edits: [['      if (tampon.length < 4 + longueur) return\n', '']],
    },
    {
      name: 'un-par-lecture',
      idea: 'un message par lecture',
      rejectedBy: 'colles',
      edits: [['    while (tampon.length >= 4) {', '    if (tampon.length >= 4) {']],
    },
    {
      name: 'sans-limite',
      idea: 'attendre les 4 Gio',
      rejectedBy: 'quatre-gio',
      edits: [['const MAX = 65_536', 'const MAX = 2 ** 40']],
    },
    {
      name: 'petit-boutiste',
      idea: 'lire la longueur à l’envers',
      rejectedBy: ['vide', 'longueur-coupee'],
      edits: [['readUInt32BE', 'readUInt32LE']],
    },
    {
      name: 'reste-renvoye',
      idea: 'renvoyer ce qui reste au départ',
      rejectedBy: ['longueur-coupee', 'fin-prematuree'],
      edits: [
        [
          '      if (tampon.length < 4 + longueur) return\n',
          '      if (tampon.length < 4 + longueur) {\n        if (tampon.length > 4) client.write(tampon)\n        return\n      }\n',
        ],
      ],
    },
  ],
})
