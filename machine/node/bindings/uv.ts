/** Node's `internalBinding('uv')`: the errors of libuv on Linux, with their words. */

const ERRORS: readonly (readonly [errno: number, code: string, text: string])[] = [
  [-1, 'EPERM', 'operation not permitted'],
  [-2, 'ENOENT', 'no such file or directory'],
  [-7, 'E2BIG', 'argument list too long'],
  [-9, 'EBADF', 'bad file descriptor'],
  [-11, 'EAGAIN', 'resource temporarily unavailable'],
  [-12, 'ENOMEM', 'not enough memory'],
  [-13, 'EACCES', 'permission denied'],
  [-17, 'EEXIST', 'file already exists'],
  [-19, 'ENODEV', 'no such device'],
  [-22, 'EINVAL', 'invalid argument'],
  [-23, 'ENFILE', 'file table overflow'],
  [-24, 'EMFILE', 'too many open files'],
  [-32, 'EPIPE', 'broken pipe'],
  [-88, 'ENOTSOCK', 'socket operation on non-socket'],
  [-89, 'EDESTADDRREQ', 'destination address required'],
  [-90, 'EMSGSIZE', 'message too long'],
  [-95, 'ENOTSUP', 'operation not supported on socket'],
  [-97, 'EAFNOSUPPORT', 'address family not supported'],
  [-98, 'EADDRINUSE', 'address already in use'],
  [-99, 'EADDRNOTAVAIL', 'address not available'],
  [-101, 'ENETUNREACH', 'network is unreachable'],
  [-103, 'ECONNABORTED', 'software caused connection abort'],
  [-104, 'ECONNRESET', 'connection reset by peer'],
  [-105, 'ENOBUFS', 'no buffer space available'],
  [-106, 'EISCONN', 'socket is already connected'],
  [-107, 'ENOTCONN', 'socket is not connected'],
  [-110, 'ETIMEDOUT', 'connection timed out'],
  [-111, 'ECONNREFUSED', 'connection refused'],
  [-113, 'EHOSTUNREACH', 'host is unreachable'],
  [-114, 'EALREADY', 'connection already in progress'],
  [-125, 'ECANCELED', 'operation canceled'],
  [-3001, 'EAI_AGAIN', 'temporary failure'],
  [-3006, 'EAI_MEMORY', 'out of memory'],
  [-3007, 'EAI_NODATA', 'no address'],
  [-3008, 'EAI_NONAME', 'unknown node or service'],
  [-4095, 'EOF', 'end of file'],
]

const byNumber = new Map(ERRORS.map(([errno, code, text]) => [errno, [code, text] as const]))

export const uv = {
  ...Object.fromEntries(ERRORS.map(([errno, code]) => [`UV_${code}`, errno])),
  errname: (errno: number) => byNumber.get(errno)?.[0] ?? `Unknown system error ${errno}`,
  getErrorMap: () => new Map(byNumber),
  getErrorMessage: (errno: number) => byNumber.get(errno)?.[1] ?? '',
}
