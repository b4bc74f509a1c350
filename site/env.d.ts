/// <reference types="astro/client" />
/// <reference types="@astrojs/starlight" />

/** The site is served as files, without the runner. */
declare const __ALONE__: boolean

/** Where the files of the machine are, from the root of the site: `/machine-0123456789ab/`. */
declare const __MACHINE__: string
