/** What pages may do. Denied unless the table gives a reason. */

const allowed: Record<string, string> = {
  notifications: 'reminders and incoming calls',
  'clipboard-sanitized-write': 'copying links and numbers',
  'persistent-storage': 'the workspace lives in this profile and must not be cleared',
}

/** Whether a permission is given to a page at that address. */
export const isPermitted = (permission: string, isOwnPage: boolean): boolean =>
  isOwnPage && Object.hasOwn(allowed, permission)
