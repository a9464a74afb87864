/** Every way in which Roadbook says no: a code, its HTTP status and its English sentence. */
export const refusals = {
  'auth.missing': [401, 'Sign in first.'],
  'auth.invalid': [401, 'The e-mail address or the password is wrong.'],
  'auth.expired': [401, 'Your session has expired. Sign in again.'],
  'auth.reused': [401, 'This refresh token was used before, so its session has been ended.'],
  'auth.throttled': [429, 'Too many attempts. Wait a moment and try again.'],
  'device.revoked': [
    401,
    'This device has been revoked. What Roadbook had stored on it has been removed.',
  ],
  'device.told': [409, 'The device has learned of this already and removed what it held.'],
  'auth.forbidden': [403, 'Your role does not allow this.'],
  'setup.done': [409, 'This server already has a workspace. Sign in instead.'],
  'record.missing': [404, 'There is no such record, or you may not see it.'],
  'record.invalid': [422, 'Some values are not valid.'],
  'record.exists': [409, 'A record with this id exists already.'],
  'record.changed': [412, 'The record has changed since you read it.'],
  'record.readonly': [403, 'These records are written by the server alone.'],
  'lead.converted': [409, 'This lead was converted before.'],
  'query.invalid': [422, 'The list request is not valid.'],
  'request.malformed': [400, 'The request could not be read.'],
  'request.too-large': [413, 'The request is too large.'],
  'request.conflict': [409, 'This idempotency key was used with another request.'],
  'request.not-found': [404, 'There is nothing at this address.'],
  'request.method': [405, 'This address does not answer that method.'],
  'file.missing': [404, 'The content of this file has not been uploaded yet.'],
  'file.elsewhere': [503, 'This file is not on this machine. Connect to open it.'],
  'file.not-taken': [
    413,
    'The server, or a proxy in front of it, takes no file of this size. It stays on this machine: ask your admin, then try again.',
  ],
  'file.damaged': [500, 'The content of this file arrived damaged. Try again.'],
  'sync.protocol': [426, 'This version of Roadbook is too old for the server. Update it to go on.'],
  'sync.malformed': [400, 'The server received a message it cannot read.'],
  'sync.too-large': [413, 'An edit is too large to be sent.'],
  'device.copied': [409, 'Another machine sends edits under the id of this one.'],
  'sync.order': [409, 'Edits arrived out of order.'],
  'sync.too-many': [429, 'Too many connections are open for this user. Close some and try again.'],
  'sync.text': [422, 'A change of a text is not allowed as it was sent.'],
  'server.stopping': [503, 'The server is shutting down. Try again in a moment.'],
  'storage.full': [
    507,
    'This machine has no space left, so the change was not saved. Free some and try again.',
  ],
  'storage.lost': [
    500,
    'The data on this machine was removed or replaced while it was open. Restart Roadbook; what the server has comes back by itself.',
  ],
  internal: [500, 'The server met an unexpected problem. Nothing was changed.'],
} as const satisfies Record<string, readonly [number, string]>

/** A code of the table above. */
export type RefusalCode = keyof typeof refusals

/** One field that was refused; `path` is the field's name, or dotted for a value inside one. */
export type FieldProblem = { path: string; message: string }

/** A refusal as it travels in acknowledgements and into *Sync issues*. */
export type RefusalInfo = { code: RefusalCode; detail: string; errors: FieldProblem[] }

/** The system understood and says no. HTTP status, sync reply and user text derive from `code`. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  readonly errors: FieldProblem[]
  readonly retryAfterS: number | undefined

  constructor(
    code: RefusalCode,
    options: {
      detail?: string
      errors?: FieldProblem[]
      retryAfterS?: number
      cause?: unknown
    } = {},
  ) {
    super(options.detail ?? refusals[code][1], { cause: options.cause })
    this.code = code
    this.errors = options.errors ?? []
    this.retryAfterS = options.retryAfterS
  }

  /** The HTTP status of the code. */
  get status(): number {
    return refusals[this.code][0]
  }

  /** The part that may be shown and stored. */
  get info(): RefusalInfo {
    return { code: this.code, detail: this.message, errors: this.errors }
  }
}
