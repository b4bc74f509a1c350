/** « Vérifier »: what the judge saw of a program, said in the page. */
import type { Report } from '../../labs/check.ts'

const plural = (count: number, word: string) => `${count} ${word}${count > 1 ? 's' : ''}`

export const CHECK = {
  verify: 'Vérifier',
  variant: 'Langage du programme à vérifier',
  running: 'Vérification…',
  exercise: (id: string) => `Vérification de ${id}`,
  outcomes: {
    passed: 'Réussi',
    failed: 'Pas encore',
    unsure: 'Indécis',
    'not-run': 'Pas encore',
  } satisfies Record<Report['outcome'], string>,
  score: (passed: number, of: number) => `${passed}/${of} critère${passed > 1 ? 's' : ''}`,
  told: (seconds: number, seed: number) => `en ${seconds.toFixed(1).replace('.', ',')} s · graine ${seed}`,
  notPlayed: 'Aucun critère n’a pu être joué.',
  unsure: 'La machine était trop occupée pour en juger : fermez ce qui l’occupe, puis vérifiez de nouveau.',
  unmeasured: 'non mesuré ici',
  unmeasuredHere:
    'Tout le reste a été vu. La mémoire que prend votre programme n’est pas mesurée ici : le cours lancé sur un ordinateur sous Linux la mesure.',
  interrupted: 'La vérification s’est arrêtée avant sa fin : rien n’est jugé. Son terminal dit pourquoi.',
  notBuilt: (file: string, line: number, hint: string | null) =>
    `Votre programme ne se compile pas : ${file}, ligne ${line}.${hint ? ` ${hint}` : ''}`,
  yours: (file: string) => `Jugé : votre copie, \`${file}\`.`,
  course: (file: string) =>
    `Jugé : le fichier de départ du cours, \`${file}\`. Vous n’en avez pas encore de copie.`,
  marks: { ok: 'vu', ko: 'pas vu', unsure: 'indécis', skipped: 'non joué' },
  whatWasSeen: 'Ce qui a été vu',
  seen: 'Vu',
  expected: 'Attendu',
  exchange: 'L’échange',
  judgedProgram: 'Votre programme',
  /** « le second client » over its lane. */
  peer: (name: string) => {
    const bare = name.replace(/^(?:le|la|les|un|une)\s|^l[’']/, '')
    return bare.charAt(0).toUpperCase() + bare.slice(1)
  },
  wire: 'Sur « Le fil », vu par les pairs du juge ; la ligne de votre programme, que rien n’observe ici, s’en déduit.',
  hint: 'Une piste',
  solution: 'La solution du cours',
  solutionMissing: 'La solution n’a pas pu être chargée. Fermez et rouvrez ceci pour réessayer.',
  passedOn: (date: Date, tries: number) =>
    `Réussi le ${date.toLocaleDateString('fr')}, ${plural(tries, 'essai')}.`,
  tried: (tries: number) => `${plural(tries, 'essai')}.`,
  handIn: 'Rendre',
  handInName: 'Votre nom, si vous voulez le donner',
  handedIn: (file: string) =>
    `Enregistré : \`${file}\`. Il contient votre programme, ce que le vérificateur a vu et sa graine.`,
} as const
