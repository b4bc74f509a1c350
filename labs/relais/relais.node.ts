// Relais : se glisse entre deux programmes et maltraite ce qui passe, selon une graine.
import { lancerRelais } from '#commun/programme-relais'

lancerRelais({ perte: 20 })
