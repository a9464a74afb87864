/** Reads and converts files off the window's thread. */
import '../../../shared/kernel/no-jit'
import * as Comlink from 'comlink'
import { entityNamed } from '../../../shared/features/index'
import {
  type ConvertOptions,
  convertTable,
  type RowOutcome,
} from '../../../shared/portability/convert'
import type { Encoding } from '../../../shared/portability/decode'
import type { ColumnTarget } from '../../../shared/portability/mapping'
import { type ReadFile, readFile } from '../../../shared/portability/read-file'
import type { Table } from '../../../shared/portability/table'

const api = {
  read: (
    bytes: Uint8Array,
    choice: { encoding?: Encoding; delimiter?: string },
  ): Promise<ReadFile> => readFile(bytes, choice),
  convert: (
    entityName: string,
    input: { table: Table; targets: ColumnTarget[] },
    options: ConvertOptions,
  ): RowOutcome[] => {
    const entity = entityNamed(entityName)
    return entity ? [...convertTable(entity, input, options)] : []
  },
}

export type ImportWorker = typeof api

Comlink.expose(api)
