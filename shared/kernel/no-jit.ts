/**
 * Pages forbid code made from strings, and zod would try once per page to find that out. Imported
 * first wherever a content security policy holds.
 */
import { z } from 'zod'

z.config({ jitless: true })
