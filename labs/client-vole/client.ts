// Client : envoie chaque ligne tapée et dit tout ce qu'il voit. Sa classe : labs/commun/client-interactif.ts.
import { ClientInteractif } from '#commun/client-interactif'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'

// #region principal
const options = lireOptions({ hote: '127.0.0.1', port: 1234, message: '' })
const client = new ClientInteractif(options.message)
client.ConnecterAuServeur(options.hote, options.port)
lireLignes(
  (ligne) => client.EnvoyerMessage(ligne),
  () => client.Deconnecter(),
)
// #endregion
