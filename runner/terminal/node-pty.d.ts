/** The types of node-pty are declared under the name of the package behind the alias. */
/// <reference path="../../node_modules/node-pty/node-pty.d.ts" />
export * from '@lydell/node-pty'
