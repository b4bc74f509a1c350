import { type Ctx, defineCheck } from '../../check.ts'

/** Types lines, and expects one answer for each. */
async function classify(c: Ctx, cases: readonly (readonly [line: string, answer: string])[]): Promise<void> {
  const program = await c.launch()
  for (const [line, wanted] of cases) {
    program.type(line)
    const { match } = await program.line(/^\S.*$/, 3000)
    if (match[0] !== wanted) c.fail(`« ${line} » est ${match[0]}`, wanted)
  }
}

export default defineCheck({
  exercise: 'EX-8.4.2-1',
  ready: 'none',
  criteria: [
    {
      id: 'plages',
      say: 0,
      run: (c) =>
        classify(c, [
          ['224.0.0.0', 'mc-local'],
          ['224.0.0.255', 'mc-local'],
          ['224.0.1.0', 'mc-controle'],
          ['232.0.0.1', 'mc-ssm'],
        ]),
    },
    {
      id: 'documentation',
      say: 1,
      hint: 1,
      run: (c) =>
        classify(c, [
          ['233.252.0.5', 'mc-doc'],
          ['233.251.255.255', 'mc-autre'],
          ['233.252.1.0', 'mc-autre'],
        ]),
    },
    {
      id: 'administration',
      say: 2,
      hint: 1,
      run: (c) =>
        classify(c, [
          ['239.0.0.0', 'mc-admin'],
          ['239.255.255.255', 'mc-admin'],
          ['238.255.255.255', 'mc-autre'],
        ]),
    },
    {
      id: 'dirigee',
      say: 3,
      hint: 2,
      run: (c) =>
        classify(c, [
          ['10.1.0.255 24', 'diffusion-dirigee'],
          ['10.1.0.255 16', 'unicast'],
          ['10.1.0.255', 'unicast'],
          ['10.1.0.255 32', 'unicast'],
          ['192.168.1.131 30', 'diffusion-dirigee'],
          ['192.168.1.131 25', 'unicast'],
        ]),
    },
    {
      id: 'bords',
      say: 4,
      run: (c) =>
        classify(c, [
          ['255.255.255.255', 'diffusion-limitee'],
          ['223.255.255.255', 'unicast'],
          ['240.0.0.1', 'unicast'],
          ['127.0.0.1', 'boucle'],
          ['300.1.1.1', 'invalide'],
          ['1.2.3', 'invalide'],
        ]),
    },
  ],
  mutants: [
    {
      name: 'doc-large',
      idea: 'prendre tout 233.252 pour la documentation',
      rejectedBy: 'documentation',
      edits: [["'233.252.0.255', 'mc-doc'", "'233.252.255.255', 'mc-doc'"]],
    },
    {
      name: 'large-d-abord',
      idea: 'chercher du plus large au plus étroit',
      rejectedBy: 'plages',
      edits: [['PLAGES.find(', '[...PLAGES].reverse().find(']],
    },
    {
      name: 'dernier-octet',
      idea: 'reconnaître une diffusion à son dernier octet',
      rejectedBy: 'dirigee',
      edits: [['valeur % hote === hote - 1', 'valeur % 256 === 255']],
    },
    {
      name: 'sans-limite',
      idea: 'chercher une diffusion dans un masque de 32',
      rejectedBy: 'dirigee',
      edits: [['masque <= 30', 'masque <= 32']],
    },
    {
      name: 'sans-verifier',
      idea: 'ne pas vérifier l’adresse',
      rejectedBy: 'bords',
      edits: [["  if (!isIPv4(adresse)) return 'invalide'\n", "  if (isIPv4('')) return 'invalide'\n"]],
    },
  ],
})
