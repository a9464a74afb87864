/**
 * The rooms of `/collab/:entity/:id`: the y-websocket protocol (y-protocols) over the document of
 * one record. Here stands what both sides must agree on beside it.
 */

/** The subprotocol that the server chooses. */
export const collabProtocol = 'roadbook.collab'

/** A second subprotocol with the access token behind this, for clients that can set no header. */
export const bearerProtocol = 'bearer.'

/** Close codes; y-websocket clients do not come back by themselves after 4400 to 4499. */
export const collabCloseCodes = {
  malformed: 4400,
  /** Come back with a fresh token. */
  unauthorised: 4401,
  /** The gate refused what was typed; the client's own copy of it tells the user why. */
  refused: 4403,
  missing: 4404,
  stopping: 1001,
} as const

/** How a member shows itself to colleagues; `user` is set by the server. */
export type PresenceState = {
  user?: { id: string; name: string }
  /** The field being edited. */
  field?: string | null
  cursor?: { anchor: unknown; head: unknown } | null
}
