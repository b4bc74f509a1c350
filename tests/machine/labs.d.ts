/** All the labs, for the page of the tests (`in-browser.ts`). */
declare module 'tests:labs' {
  const labs: Readonly<Record<string, import('../../labs/lab.ts').Lab>>
  export default labs
}
