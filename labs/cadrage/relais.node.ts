// Relais : se glisse entre deux programmes et maltraite ce qui passe, selon une graine.
import { lancerRelais } from '#commun/programme-relais'

lancerRelais({ vers: 1234, decoupe: 3 })
