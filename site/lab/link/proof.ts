/** How the page shows that it knows the token without saying it: a stranger on the same port learns nothing. */

/** HMAC-SHA-256(token, nonce) in hexadecimal. Rejects where the browser has no cryptography: neither local nor https. */
export async function proofOf(token: string, nonce: string): Promise<string> {
  const encoder = new TextEncoder()
  const hash = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(token), hash, false, ['sign'])
  return hexadecimal(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(nonce))))
}

/** 32 random hexadecimal digits: the name of a session, or of a terminal. */
export function randomName(): string {
  return hexadecimal(crypto.getRandomValues(new Uint8Array(16)))
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
