/** The figures of the real network and of the simulated one, side by side. */
import { SIMULATED } from './simulated.ts'

const places = { real: 'Votre machine', simulated: SIMULATED.label } as const

export const COMPARE = {
  open: 'Comparer',
  title: 'Le même labo, sur votre machine et dans cette page',
  close: 'Fermer la comparaison',
  places,
  same: 'Les deux figures sont les mêmes, aux instants et aux numéros de port près.',
  reordered: (titles: readonly string[]) =>
    `Les deux figures disent la même chose, mais pas dans le même ordre pour : ${titles.join(', ')}.`,
  differ: (count: number) =>
    `${count === 1 ? 'Une phrase n’est dite' : `${count} phrases ne sont dites`} que d’un côté ; les instants et les numéros de port ne comptent pas.`,
  only: 'Seulement ici',
  times: (sentence: string, count: number) => (count > 1 ? `${sentence} (${count} fois)` : sentence),
} as const
