import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { dev } from 'astro'
import type { AddressOptions } from '../runner/address.ts'
import { attachRunner, type Runner } from '../runner/main.ts'
import { ROOT } from './build.ts'
import { LISTED, PUBLISHED, publishedFile } from './recordings.ts'

/** The recordings, where a built site has them. */
async function serveRecordings(
  { url }: IncomingMessage,
  response: ServerResponse,
  next: () => void,
): Promise<void> {
  const [, name] = url?.split('?')[0]?.split(`/${PUBLISHED}/`) ?? []
  const text = name === undefined ? null : await publishedFile(name).catch(() => null)
  if (text === null) return next()
  response.writeHead(200, {
    'Content-Type': `${name === LISTED ? 'application/json' : 'text/plain'}; charset=utf-8`,
  })
  response.end(text)
}

/** Starts Astro's development server with the runner attached to it. */
export async function startDev(port: number, where: AddressOptions): Promise<Runner> {
  const attached: { runner?: Runner } = {}
  const server = await dev({
    root: ROOT,
    server: { port, host: '127.0.0.1' },
    vite: {
      server: { allowedHosts: (where.hosts ?? []).map((host) => host.replace(/:\d+$/, '')) },
      plugins: [
        {
          name: 'prise-directe:runner',
          async configureServer({ httpServer, middlewares }) {
            const runner = await attachRunner(httpServer as Server, { buildAhead: true, ...where })
            attached.runner = runner
            middlewares.use((request, response, next) => {
              if (!runner.files(request, response)) next()
            })
            middlewares.use(serveRecordings)
          },
        },
      ],
    },
  })
  const { runner } = attached
  if (!runner) throw new Error('Le serveur de développement n’a pas démarré.')
  return {
    url: runner.url,
    port: server.address.port,
    close: async () => {
      await runner.close()
      await server.stop()
    },
  }
}
