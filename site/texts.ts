/**
 * Every French sentence that site code says: engine code sends codes, these files say them, one for each part of the page.
 * Spaces before « : ; ! ? » are plain there: `typography.ts` composes them when they are shown.
 */
export * from './texts/check.ts'
export * from './texts/demo.ts'
export * from './texts/files.ts'
export * from './texts/lab.ts'
export * from './texts/order.ts'
export * from './texts/pages.ts'
export * from './texts/progress.ts'
export * from './texts/quantities.ts'
export * from './texts/replay.ts'
export * from './texts/runner.ts'
export * from './texts/states.ts'
