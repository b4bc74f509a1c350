/** The pages around the labs: header, home, top of a section, boxes, corrections, progress, print. */

export const SHELL = {
  brand: 'Prise directe',
  contrast: 'Contraste renforcé',
  partMissing: 'Une partie de la page n’a pas pu être chargée. Réessayez, ou rechargez la page.',
  warning: 'Attention',
  goals: 'Objectifs',
  goalsLead: 'À la fin de cette section, vous saurez',
  keep: 'À retenir',
  contents: {
    section: 'Dans cette section',
    page: 'Dans cette page',
    rail: (name: string) => `${name}, à droite`,
  },
} as const

export const SEARCH = {
  label: 'Rechercher',
  close: 'Fermer',
  clear: 'Effacer',
  loading: 'Chargement de la recherche…',
  failed: 'La recherche n’a pas pu être chargée. Fermez cette fenêtre, puis rouvrez-la.',
} as const

/** The lists of the pages of a folder. */
export const FOLDERS = {
  sections: { title: 'Les sections', description: 'Toutes les sections du cours, dans l’ordre.' },
  ateliers: { title: 'Les ateliers', description: 'Chaque labo sur toute la fenêtre.' },
  solutions: {
    title: 'Solutions et fautes typiques',
    description:
      'Pour qui enseigne : la solution de chaque exercice, et les idées fausses que sa vérification refuse.',
  },
} as const

/** For who teaches. */
export const SOLUTIONS = {
  title: (lab: string) => `Solutions : ${lab}`,
  description: 'Pour qui enseigne : les solutions, et les idées fausses que chaque vérification refuse.',
  mutants: 'Les fautes typiques',
  refusedBy: 'Refusée par :',
  or: 'ou',
  change: 'La faute, dans la solution',
  from: 'Au lieu de :',
  to: 'On lit :',
  removed: 'Rien : la ligne manque.',
} as const

export const HOME = {
  promise: 'La programmation réseau ne s’apprend pas en regardant :',
  promiseEnd: 'il faut brancher.',
  path: 'Voir le parcours',
  again: (section: string) => `Revenir à ${section}`,
  outOf: (sections: number) => `sur ${sections}`,
  labs: (labs: number) => `${labs} labos, de vrais programmes sur votre machine`,
  exercises: (exercises: number) => `${exercises} exercices`,
  private: 'sans compte, sans rien envoyer',
  section: (section: string) => `Section ${section}`,
  forReal: 'Lancer pour de vrai',
  sum: (sections: number, minutes: number) =>
    `${sections} sections, environ ${Math.round(minutes / 60)} heures`,
  minutes: (minutes: number) => `${minutes} min`,
  beats: {
    predict: 'Dire ce qui va se passer, avant.',
    launch: 'Les vrais programmes, côte à côte.',
    observe: 'Comparer à ce que l’on avait prédit.',
    modify: 'Changer une ligne, relancer, comprendre.',
    create: 'Écrire le sien, du plus simple au plus robuste.',
  },
} as const

export const SECTION = {
  kicker: (part: string, rank: number, count: number, minutes: number) =>
    `${part} · section ${rank} sur ${count} · environ ${minutes} min`,
  toLab: 'Aller au labo',
  present: 'Présenter',
  states: 'Ce qui est fait de cette section',
  recall: '**Rappel** deux questions sur ce qui précède, avant de commencer',
  question: 'Question',
  right: 'Oui.',
  wrong: 'Non.',
} as const

export const LISTINGS = {
  twin: 'jumeau TypeScript',
  copy: 'Copier',
  tryHere: 'Essayer ici',
  back: 'Revenir au texte',
  inNode: 'La même chose en Node, sans le jumeau',
  copied: 'Copié',
  copyRefused: 'Copie refusée',
} as const

export const CORRECTIONS = {
  mark: 'corrigé',
  markWhy: 'Pourquoi ce passage est une correction',
  section: (section: string) => `Section ${section}`,
  said: 'Le chapitre disait',
  truth: 'Ce qui est vrai',
  why: 'Pourquoi',
  back: 'Revenir au passage corrigé',
} as const

export const PRINT = {
  link: 'Imprimer le cours',
  title: 'Le cours entier',
  how: 'Tout le cours dans une seule page. Imprimez-la, ou enregistrez-la en PDF, avec la commande d’impression du navigateur.',
  contents: 'Sommaire',
} as const
