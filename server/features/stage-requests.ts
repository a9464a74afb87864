/** Bodies that the actions of leads and opportunities share. */
import { z } from 'zod'
import { idSchema } from '../../shared/kernel/ids'

export const stageMoveSchema = z.strictObject({ stage_id: idSchema })

export const reasonSchema = z.strictObject({ reason: z.string().max(500).nullish() })
