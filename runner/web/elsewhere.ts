/** What the browser of a learner shows when another port or another name leads here: how to get to the course. */
import type { IncomingMessage } from 'node:http'

/** This machine, through a port that something else forwards. */
const FORWARDED = /^(?:localhost|127\.0\.0\.1|\[::1\]):(\d{1,5})$/

/** A page for a request whose host is not ours. It never says the token, nor what the request said but a port. */
export function elsewhere(request: IncomingMessage, port: number): string {
  const forwarded = FORWARDED.exec((request.headers.host ?? '').toLowerCase())?.[1]
  const advice = forwarded
    ? `<p>Le port ${forwarded} de votre machine mène au cours, qui écoute sur le port ${port}. Deux remèdes :</p>
<ul>
<li>transmettez le même numéro : <code>ssh -L ${port}:localhost:${port} machine</code> ;</li>
<li>ou relancez le cours en lui disant par où l’on vient :
<code>npm start -- --hote localhost:${forwarded}</code>.</li>
</ul>`
    : `<p>Le cours ne répond qu’aux noms de la machine où il tourne, et à ceux de <code>npm start -- --hote nom</code>.</p>`
  return `<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Prise directe : ce n’est pas la bonne adresse</title>
<h1>Ce n’est pas la bonne adresse</h1>
${advice}
<p>Ouvrez ensuite l’adresse complète que <code>npm start</code> affiche.</p>
</html>
`
}
