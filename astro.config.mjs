import { unified } from '@astrojs/markdown-remark'
import mdx from '@astrojs/mdx'
import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'
import { machine } from './scripts/machine.ts'
import { course } from './site/course/integration.ts'
import { baseLinks } from './site/markdown/base-links.ts'
import { focusTables } from './site/markdown/focus-tables.ts'
import { supplyComponents } from './site/markdown/supply-components.ts'

/** The address that `npm start` prints may be that of any page: each takes the token it carries. */
const arrival = {
  name: 'prise-directe:arrival',
  hooks: {
    'astro:config:setup': ({ injectScript }) => injectScript('page', "import '/site/lab/link/arrival.ts'"),
  },
}

/** The prefix under which the site is served, when it is not alone at its address: `/user/x/proxy/4321/`. */
const base = process.env.PRISE_DIRECTE_BASE || '/'

/**
 * Takes out the rule of Starlight that spaces lists: for its `:has()`, each key in a terminal recalculated the style of
 * the whole page. `prose.css` spaces them.
 */
const lightLists = {
  postcssPlugin: 'light-lists',
  Rule: (/** @type {{ selector: string, remove(): void }} */ rule) => {
    if (rule.selector.includes(':is(ol, ul):has(')) rule.remove()
  },
}

/** Largest script or style written in its page, in bytes. */
const SMALL = 4096

/** What the scripts of all pages share, in one file instead of fifteen. It runs on every page: nothing in it acts by itself but the token, which each takes. */
const COMMON = {
  name: 'common',
  test: /\/site\/(learner|links|load-style|typography|lab\/(link\/token|panel\/load\.ts|terminal\/clipboard)|progress\/(course|marks|segments)|texts\/(pages|progress|quantities))|preload-helper/,
}

/** The site will be served as files, without the runner: it keeps itself for when there is no network. */
const alone = process.env.PRISE_DIRECTE_SEUL === '1'

export default defineConfig({
  base,
  srcDir: './site',
  outDir: './dist',
  publicDir: './site/public',
  devToolbar: { enabled: false },
  markdown: {
    processor: unified({
      smartypants: false,
      remarkPlugins: [supplyComponents],
      rehypePlugins: [focusTables, [baseLinks, { base }]],
    }),
  },
  vite: {
    define: { __ALONE__: JSON.stringify(alone) },
    build: {
      // A script that stands alone is written in its page: each file asked for costs a round trip to a telephone.
      assetsInlineLimit: (file, content) => /\.(js|css)$/.test(file) && content.length < SMALL,
      rolldownOptions: { output: { codeSplitting: { groups: [COMMON] } } },
    },
    // What the learner writes is no part of the pages.
    server: { watch: { ignored: ['**/travail/**'] } },
    optimizeDeps: { include: ['@xterm/xterm', '@xterm/addon-fit'] },
    css: { postcss: { plugins: [lightLists] } },
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
        './site/styles/header.css',
        './site/styles/sidebar.css',
        './site/styles/section-top.css',
        './site/styles/contents.css',
        './site/styles/marks.css',
        './site/styles/prose.css',
        './site/styles/boxes.css',
        './site/styles/listings.css',
        './site/styles/quiz.css',
        './site/styles/reference.css',
        './site/styles/touch.css',
        './site/styles/forced-colors.css',
        './site/styles/print.css',
      ],
      components: {
        Head: './site/overrides/Head.astro',
        Header: './site/overrides/Header.astro',
        Search: './site/overrides/Search.astro',
        PageTitle: './site/overrides/PageTitle.astro',
        SiteTitle: './site/overrides/SiteTitle.astro',
        Sidebar: './site/overrides/Sidebar.astro',
        TwoColumnContent: './site/overrides/TwoColumnContent.astro',
        ThemeSelect: './site/overrides/ThemeSelect.astro',
      },
      expressiveCode: false,
      tableOfContents: false,
      credits: false,
      disable404Route: true,
    }),
    mdx(),
    course(),
    machine(),
    arrival,
  ],
})
