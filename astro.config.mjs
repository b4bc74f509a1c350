import { unified } from '@astrojs/markdown-remark'
import mdx from '@astrojs/mdx'
import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'
import { course } from './site/course/integration.ts'
import { focusTables } from './site/markdown/focus-tables.ts'
import { supplyComponents } from './site/markdown/supply-components.ts'

/** The address that `npm start` prints may be that of any page: each takes the token it carries. */
const arrival = {
  name: 'prise-directe:arrival',
  hooks: {
    'astro:config:setup': ({ injectScript }) => injectScript('page', "import '/site/lab/link/arrival.ts'"),
  },
}

export default defineConfig({
  srcDir: './site',
  outDir: './dist',
  publicDir: './site/public',
  devToolbar: { enabled: false },
  markdown: {
    processor: unified({
      smartypants: false,
      remarkPlugins: [supplyComponents],
      rehypePlugins: [focusTables],
    }),
  },
  vite: {
    build: { assetsInlineLimit: 0 },
    optimizeDeps: { include: ['@xterm/xterm', '@xterm/addon-fit'] },
  },
  integrations: [
    starlight({
      title: 'Prise directe',
      description: 'Cours interactif de programmation réseau, de Qt à TypeScript',
      locales: { root: { label: 'Français', lang: 'fr' } },
      favicon: '/favicon.svg',
      // Filled for each page by the route's middleware.
      sidebar: [],
      routeMiddleware: './site/route.ts',
      customCss: [
        './site/styles/fonts.css',
        './site/styles/tokens.css',
        './site/styles/page.css',
        './site/styles/chrome.css',
        './site/styles/prose.css',
        './site/styles/boxes.css',
        './site/styles/listings.css',
        './site/styles/quiz.css',
        './site/styles/presentation.css',
        './site/styles/home.css',
        './site/styles/print.css',
      ],
      components: {
        Head: './site/overrides/Head.astro',
        PageTitle: './site/overrides/PageTitle.astro',
        SiteTitle: './site/overrides/SiteTitle.astro',
        ThemeSelect: './site/overrides/ThemeSelect.astro',
      },
      tableOfContents: false,
      credits: false,
      disable404Route: true,
    }),
    mdx(),
    course(),
    arrival,
  ],
})
