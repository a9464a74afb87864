/** What is special about an entity whose records go through the stages of a pipeline. */
import type { ComponentType } from 'react'
import type { AnyEntity, AnyRow } from '../../../shared/kernel/entity'

/** Asks before a record is won; `onMove` moves it to the stage without anything else. */
export type WonDialogProps = {
  entity: AnyEntity
  row: AnyRow
  stage: AnyRow
  onMove: () => void
  onClose: () => void
}

export type StagedView = {
  entity: AnyEntity
  /** The field of the money that columns sum. */
  amount: string
  /** The field that says to whom it would be sold. */
  company: string
  /** The field with the next step, where there is one. */
  nextStep?: string
  /** The field by which activities and stage changes point here. */
  link: 'leadId' | 'opportunityId'
  /** Where winning is about more than values of the record. */
  WonDialog?: ComponentType<WonDialogProps>
}
