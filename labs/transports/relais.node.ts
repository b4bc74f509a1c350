// Relais : se glisse entre deux programmes et maltraite ce qui passe, selon une graine.
import { lancerRelais } from '#commun/programme-relais'

lancerRelais({ perte: 20, desordre: 10, doublons: 10, retard: 20, decoupe: 30 })
