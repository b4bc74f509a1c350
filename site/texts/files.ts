/** What is said of the learner's files. */
import type { FileRefusal } from '../../runner/protocol.ts'

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
