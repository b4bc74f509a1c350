/** What a program must not reach: the network and the storage of the page. The frame forbids them too. */

const GLOBALS = [
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'WebTransport', 'EventSource'],
  ...['indexedDB', 'caches', 'cookieStore', 'BroadcastChannel', 'Worker', 'SharedWorker', 'importScripts'],
  ...['Notification', 'FileReaderSync', 'postMessage', 'close'],
  ...['webkitRequestFileSystem', 'webkitRequestFileSystemSync', 'webkitResolveLocalFileSystemURL'],
]
const OF_NAVIGATOR = ['storage', 'locks', 'serviceWorker', 'storageBuckets', 'usb', 'serial', 'hid', 'gpu']

function remove(object: object, names: readonly string[]): void {
  for (const name of names) {
    for (let at: object | null = object; at; at = Object.getPrototypeOf(at)) {
      if (Object.hasOwn(at, name)) Reflect.deleteProperty(at, name)
    }
  }
}

/** Removes them from this worker. */
export function closeDoors(): void {
  remove(globalThis, GLOBALS)
  if (typeof navigator !== 'undefined') remove(navigator, OF_NAVIGATOR)
}
