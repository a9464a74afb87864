/** The version of this server, as its package says. */
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const packageSchema = z.object({ name: z.literal('roadbook'), version: z.string() })

/** Looks upwards: bundled and from the sources, the server lies at different depths below the package. */
export const readVersion = (): string => {
  for (
    let folder = import.meta.dirname;
    folder !== path.dirname(folder);
    folder = path.dirname(folder)
  ) {
    const file = path.join(folder, 'package.json')
    if (!fs.existsSync(file)) continue
    const parsed = packageSchema.safeParse(JSON.parse(fs.readFileSync(file, 'utf8')))
    if (parsed.success) return parsed.data.version
  }
  return 'unknown'
}
