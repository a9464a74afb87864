import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  answersFor,
  missingAt,
  moveValues,
  questionsOf,
} from '../../../shared/features/pipelines/questions'
import { type AnyEntity, type AnyRow, titleOf } from '../../../shared/kernel/entity'
import type { Values } from '../../../shared/kernel/rules'
import { problemsOf, valueSchema } from '../../../shared/kernel/schema'
import { FieldInput } from '../fields/editors'
import { cleaned } from '../fields/FieldEditor'
import { useSession } from '../use-store'
import { ReasonInput } from './ReasonInput'
import { today } from './today'

type Props = {
  entity: AnyEntity
  row: AnyRow
  stage: AnyRow
  /** Answers whether the values were taken; the dialog stays open where not. */
  onMove: (values: Values) => Promise<boolean>
  onClose: () => void
}

const titles: { [type: string]: string } = { won: 'wonTitle', lost: 'lostTitle' }
const verbs: { [type: string]: string } = { won: 'markWon', lost: 'markLost' }

/** Asks for exactly what a stage wants to know before a record may stand in it. */
export const MoveDialog = ({ entity, row, stage, onMove, onClose }: Props) => {
  const { t } = useTranslation('pipelines')
  const { currency } = useSession()
  // What is asked is settled when the dialog opens: answering must not make a question vanish.
  const [questions] = useState(() => questionsOf(entity, stage, row))
  const [answers, setAnswers] = useState(() =>
    answersFor(questions, { row, stage, today: today() }),
  )
  const [tried, setTried] = useState(false)
  const type = String(stage.stageType)
  const clean = Object.fromEntries(
    questions.map((name) => {
      const field = entity.fields[name]
      return [name, field ? cleaned(field, answers[name]) : answers[name]]
    }),
  )
  const missing = missingAt(entity, stage, { ...row, ...clean })
  const problemOf = (name: string): string | undefined => {
    const field = entity.fields[name]
    if (!field) return undefined
    return missing.includes(name)
      ? t('isRequiredHere')
      : problemsOf(valueSchema(field), clean[name], '')[0]?.message
  }
  const submit = async () => {
    setTried(true)
    if (questions.some((name) => problemOf(name) !== undefined)) return
    if (await onMove(moveValues(stage, { answers: clean, row, today: today() }))) onClose()
  }
  const names = { name: titleOf(entity, row), stage: String(stage.name) }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(titles[type] ?? 'moveTitle', names)}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack gap="sm">
          {type === 'won' || type === 'lost' ? null : <Text size="sm">{t('moveText', names)}</Text>}
          {questions.map((name, index) => {
            const field = entity.fields[name]
            if (!field) return null
            const label = name === 'closeDate' && type === 'won' ? t('closedOn') : field.label
            const problem = tried ? problemOf(name) : undefined
            const change = (value: unknown) => setAnswers({ ...answers, [name]: value })
            return (
              <div key={name}>
                <Text size="xs" fw={600} component="div" mb={2}>
                  {label}
                </Text>
                {name === 'lostReason' ? (
                  <ReasonInput
                    entity={entity}
                    field={name}
                    label={label}
                    value={typeof answers[name] === 'string' ? answers[name] : null}
                    onChange={change}
                  />
                ) : (
                  <FieldInput
                    field={{ ...field, label }}
                    value={answers[name]}
                    currency={typeof row.currency === 'string' ? row.currency : currency}
                    onChange={change}
                    autoFocus={index === 0}
                  />
                )}
                {problem ? (
                  <Text size="xs" c="var(--bad)" role="alert">
                    {problem}
                  </Text>
                ) : null}
              </div>
            )
          })}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit">{t(verbs[type] ?? 'move')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
