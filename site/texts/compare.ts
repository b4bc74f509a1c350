/** The figures of the real network and of the simulated one, side by side. */
import { SIMULATED } from './simulated.ts'

const places = { real: 'Votre machine', simulated: SIMULATED.label } as const

export const COMPARE = {
  open: 'Comparer',
  title: 'Le même labo, sur votre machine et dans cette page',
  close: 'Fermer la comparaison',
  places,
  same: 'Les deux figures disent la même chose : seuls changent les instants, et les numéros de port.',
  reordered: (titles: readonly string[]) =>
    `Les deux figures disent la même chose, mais pas dans le même ordre pour : ${titles.join(', ')}.`,
  differ: (count: number) =>
    count === 1
      ? 'Les deux figures diffèrent d’une phrase, que l’une est seule à dire, aux instants et aux numéros de port près.'
      : `Les deux figures diffèrent de ${count} phrases, que l’une est seule à dire, aux instants et aux numéros de port près.`,
  only: 'Seulement ici',
  times: (sentence: string, count: number) => (count > 1 ? `${sentence} (${count} fois)` : sentence),
} as const
