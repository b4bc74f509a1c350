/** What the learner has done. */

/** What is done of a section, in words: never a bare score. */
export const PROGRESS = {
  page: {
    title: 'Ma progression',
    description: 'Gardée par ce navigateur, sur cette machine. Aucun compte, rien n’est envoyé.',
    summary: 'En bref',
    again: 'À revoir',
    checked: 'Exercices vérifiés',
    legend: (beats: string) => `Les cinq temps d’un labo, dans l’ordre : ${beats}.`,
    example: 'deux faits, trois à faire.',
    columns: ['Section', 'Labo', 'Quiz', 'Exercices'],
    quiz: 'Quiz :',
    exercises: 'Exercices :',
    reading: (minutes: number) => `Une lecture de ${minutes} min`,
    save: 'Enregistrer dans un fichier',
    load: 'Reprendre un fichier',
    erase: 'Tout effacer',
  },
  marks: { done: 'fait', part: 'commencé', todo: 'à faire' },
  part: (done: number, of: number) => `${done} sur ${of}`,
  partDone: (done: number, of: number) => `${done} ${done > 1 ? 'faites' : 'faite'} sur ${of}`,
  recall: (answered: number, of: number) =>
    answered >= of ? 'Rappel fait' : `Rappel : ${answered} sur ${of}`,
  beats: (done: number, of: number) => (done >= of ? 'Labo fait' : `Labo : ${done} temps sur ${of}`),
  beatsDone: (names: readonly string[]) =>
    names.length > 0 ? `faits : ${names.join(', ')}` : 'aucun temps fait',
  noLab: 'pas de labo',
  quiz: ({ right, again, of }: { right: number; again: number; of: number }) => {
    const left = of - right - again
    if (left === of) return `${of} question${of > 1 ? 's' : ''}`
    return `${right} juste${right > 1 ? 's' : ''} sur ${of}${left > 0 ? ` · ${left} à faire` : ''}`
  },
  again: (again: number) => `${again} à revoir`,
  noQuiz: 'pas de quiz',
  quizState: (answered: number, of: number) =>
    answered >= of ? 'Quiz fait' : `Quiz : ${answered} sur ${of}`,
  exercises: (done: number, of: number) => (of === 0 ? 'aucun' : `${done} sur ${of}`),
  exercisesState: (done: number, of: number) =>
    done >= of ? 'Exercices faits' : `Exercices : ${done} sur ${of}`,
  sections: (done: number) => `${done} section${done > 1 ? 's' : ''} ${done > 1 ? 'faites' : 'faite'}`,
  left: (minutes: number) =>
    minutes >= 60
      ? `environ ${Math.round(minutes / 60)} h ${minutes >= 90 ? 'restantes' : 'restante'}`
      : `environ ${minutes} min restantes`,
  summary: ({ right, again, done, of }: { right: number; again: number; done: number; of: number }) =>
    `${right} question${right > 1 ? 's' : ''} juste${right > 1 ? 's' : ''}, ${again} à revoir · ` +
    `${done} exercice${done > 1 ? 's' : ''} fait${done > 1 ? 's' : ''} sur ${of}`,
  toSeeAgain: (questions: number) =>
    `${questions} question${questions > 1 ? 's' : ''}, environ ${Math.ceil(questions * 1.2)} min`,
  begin: (section: string) => `Commencer par la section ${section}`,
  resume: (section: string) => `Reprendre : ${section}`,
  over: 'Tout est fait',
  here: 'reprendre',
  exported: 'Le fichier est enregistré.',
  imported: 'La progression du fichier est reprise.',
  notImported:
    'Ce fichier n’est pas une progression enregistrée ici. Rien n’a changé : choisissez-en un autre.',
  eraseSure: 'Tout sera oublié. Pressez « Tout effacer » une seconde fois pour confirmer.',
  erased: 'Tout est effacé.',
} as const
