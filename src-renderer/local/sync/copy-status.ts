/** How much of its workspace a copy holds. */
export type CopyStatus = {
  /** Every record that this user may see is here. */
  isWhole: boolean
  /** How much of what this copy is to hold has come, from 0 to 1. */
  share: number
  /** How many of the latest changes it is to hold beside what is always here; `null` for all. */
  latest: number | null
}

/** Of a workspace that is small, or has come. */
export const wholeCopy: CopyStatus = { isWhole: true, share: 1, latest: null }
