/** What is said of the learner's files. */
import type { FileRefusal } from '../../runner/protocol.ts'
import { quoted } from './quoted.ts'

/** Why a file of the learner was neither read nor written, and the next step; it ends a sentence. */
export const FILE_REFUSALS = {
  absent: 'ce fichier n’existe plus.',
  'unknown-file': 'ce fichier n’est pas de ceux que le labo laisse modifier.',
  'bad-name': 'ce nom ne convient pas : des lettres, des chiffres, des espaces, quarante signes au plus.',
  link: 'un lien ou un dossier tient la place d’un fichier, dans `travail/`. Retirez-le, puis recommencez.',
  binary: 'ce fichier contient des octets nuls : ce n’est pas du texte.',
  'disk-full': 'le disque est plein. Libérez de la place ; votre texte reste dans cette page.',
  'no-access': 'le système refuse l’accès à ce fichier. Vérifiez les droits du dossier `travail/`.',
  'too-large': 'ce fichier dépasse 256 Kio, la taille que le cours accepte.',
  'not-utf8': 'ce fichier n’est pas en UTF-8. Réenregistrez-le en UTF-8 depuis votre éditeur.',
  conflict: 'un autre programme a modifié ce fichier entre-temps.',
} as const satisfies Record<FileRefusal['reason'], string>

export const EDITOR = {
  name: 'Éditeur',
  here: 'Modifier ici',
  /** A program that is tried alone: the one that it speaks to, or that speaks to it, does not run. */
  needs: (role: string) => `Ce programme s’adresse à ${quoted(role)}, qui ne tourne pas encore.`,
  awaits: (role: string) => `${quoted(role)} s’adresse à ce programme, et ne tourne pas encore.`,
  editRole: 'Modifier ce programme',
  file: 'Fichier ouvert',
  label: (file: string) => `Programme ${file}`,
  help: 'Tab indente ; Échap puis Tab sortent de l’éditeur. Ctrl+Entrée enregistre et relance.',
  /** What the editor knows of a TypeScript program. */
  helpNames: 'Ctrl+Espace propose, F1 explique, F2 renomme, F12 montre la définition.',
  newName: (name: string) => `Nouveau nom de ${quoted(name)} :`,
  rename: 'Renommer dans ce fichier',
  renamed: (name: string, places: number) =>
    `Renommé en ${quoted(name)}, ${places} endroit${places > 1 ? 's' : ''}.`,
  badName: 'Un nom commence par une lettre, puis des lettres et des chiffres, sans espace.',
  noName: 'Placez d’abord le curseur sur un nom.',
  notRenamed: 'Ce nom vient du cours ou de Node, ou un autre fichier l’emploie : il ne se renomme pas d’ici.',
  definition: (file: string) => `Définition, dans ${file}`,
  backToFile: 'Revenir à votre programme',
  compare: 'Comparer',
  comparing: 'À gauche le programme du cours, à droite le vôtre.',
  more: 'Autres actions sur ce fichier',
  revert: 'Revenir à l’original',
  export: 'Exporter ce fichier',
  import: 'Remplacer par un fichier…',
  keep: 'Garder cette version',
  keptName: 'Nom de la version à garder',
  kept: 'Versions gardées',
  keptNow: (name: string) => `Version « ${name} » gardée.`,
  keptTaken: (name: string) => `Une autre version s’appelle déjà « ${name} » : choisissez un autre nom.`,
  run: 'Enregistrer et relancer',
  close: 'Fermer l’éditeur',
  loading: 'ouverture…',
  /** Who keeps the files does not answer: the runner, or the site where there is none. */
  unreachable: {
    runner: 'L’éditeur n’a pas pu être ouvert : le lanceur ne répond pas.',
    page: 'L’éditeur n’a pas pu être ouvert : les fichiers de ce labo n’ont pas pu être chargés. Réessayez.',
  },
  notOpened: (why: string) => `L’éditeur n’a pas pu être ouvert : ${why}`,
  states: {
    course: 'le fichier du cours, intact',
    edited: 'modifié',
    saving: 'enregistrement…',
    saved: 'enregistré',
    conflict: 'modifié ailleurs',
    refused: 'non enregistré',
  },
  unsaved: {
    runner: 'Votre texte reste dans cette page ; il sera enregistré dès que le lanceur répondra.',
    page: 'Votre texte reste dans cette page : le site ne répond pas. Il sera enregistré à votre prochaine modification.',
  },
  refused: (why: string) => `Ce texte n’est pas enregistré : ${why} Il reste dans cette page.`,
  conflict: 'Ce fichier a changé ailleurs. À gauche sa version, à droite la vôtre.',
  deleted: 'Ce fichier a été supprimé ailleurs. À gauche, le programme du cours ; à droite, le vôtre.',
  mine: 'Enregistrer la version de droite',
  theirs: 'Prendre celle de gauche',
  findings: (errors: number, warnings: number) => {
    const parts = [
      errors > 0 ? `${errors} erreur${errors > 1 ? 's' : ''}` : '',
      warnings > 0 ? `${warnings} remarque${warnings > 1 ? 's' : ''}` : '',
    ].filter((part) => part !== '')
    return parts.length > 0 ? parts.join(', ') : 'aucune erreur'
  },
  finding: (line: number, message: string) => `Ligne ${line} : ${message}`,
  list: 'Erreurs et remarques',
  /** Which of the two a pane launches. */
  yours: (file: string) => `votre ${file}`,
  course: 'celui du cours',
  yourVariant: (variant: string) => `${variant}, le vôtre`,
  exercise: (id: string) => `Exercice ${id}`,
} as const

/** What CodeMirror itself says. */
export const CODE_MIRROR: Readonly<Record<string, string>> = {
  'Control character': 'Caractère de contrôle',
  'Selection deleted': 'Sélection supprimée',
  'Go to line': 'Aller à la ligne',
  go: 'Aller',
  Find: 'Rechercher',
  Replace: 'Remplacer par',
  next: 'Suivant',
  previous: 'Précédent',
  all: 'Tout sélectionner',
  'match case': 'Respecter la casse',
  'by word': 'Mot entier',
  regexp: 'Expression régulière',
  replace: 'Remplacer',
  'replace all': 'Tout remplacer',
  close: 'Fermer',
  'current match': 'occurrence courante',
  'replaced $ matches': '$ remplacements',
  'replaced match on line $': 'remplacement à la ligne $',
  'on line': 'à la ligne',
  Completions: 'Propositions',
  Diagnostics: 'Erreurs et remarques',
  'No diagnostics': 'Aucune erreur',
  '$ unchanged lines': '$ lignes identiques',
}
