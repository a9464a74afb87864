/** What pages may do. Denied unless the table gives a reason. */

const allowed: Record<string, string> = {
  notifications: 'reminders and incoming calls',
  'clipboard-sanitized-write': 'copying links and numbers',
  'local-network-access': 'the server may stand on this machine or in this office',
  'local-network': 'the server may stand in this office',
  'loopback-network': 'the server may stand on this machine',
  'persistent-storage': 'the workspace lives in this profile and must not be cleared',
}

/** Whether a permission is given to a page at that address. */
export const isPermitted = (permission: string, isOwnPage: boolean): boolean =>
  isOwnPage && Object.hasOwn(allowed, permission)
