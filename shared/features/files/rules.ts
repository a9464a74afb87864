import type { EntityRule } from '../../kernel/rules'

/** A file's content is what its digest says: other content is another file. */
export const fileRule: EntityRule = async ({ before, next }) => {
  const isHex = typeof next.sha256 !== 'string' || /^[0-9a-f]{64}$/.test(next.sha256)
  const isOther = before !== null && before.sha256 !== next.sha256
  return {
    problems: [
      ...(isHex ? [] : [{ path: 'sha256', message: 'must be 64 hexadecimal digits, lower case' }]),
      ...(isOther
        ? [{ path: 'sha256', message: 'does not change; add the new content as another file' }]
        : []),
    ],
  }
}
