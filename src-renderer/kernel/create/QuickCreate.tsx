import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyEntity, titleOf } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import { checkValues, emptyValue, missingFields } from '../../../shared/kernel/schema'
import { FieldInput } from '../fields/editors'
import { cleaned } from '../fields/FieldEditor'
import { useAccess } from '../use-access'
import { showUndo, useCommit } from '../use-records'
import { useSession, useStore } from '../use-store'
import classes from './create.module.css'
import { DuplicateAlert } from './DuplicateAlert'
import { type CreateRequest, onCreateRequest } from './open'
import { useDuplicates } from './use-duplicates'

type Values = { [field: string]: unknown }

/** The create form; listens for requests from anywhere. A form closed by accident comes back as it was. */
export const QuickCreate = () => {
  const { t } = useTranslation('records')
  const [request, setRequest] = useState<CreateRequest | null>(null)
  const [drafts, setDrafts] = useState<{ [entity: string]: Values }>({})
  useEffect(() => onCreateRequest(setRequest), [])
  const access = useAccess()
  const entity = request ? access.known(request.entity) : undefined
  const close = () => setRequest(null)
  return (
    <Modal
      opened={request !== null}
      onClose={close}
      title={entity ? t('newEntity', { entity: entity.label.toLowerCase() }) : ''}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      size="lg"
    >
      {request && entity ? (
        <CreateForm
          key={entity.name}
          entity={entity}
          initial={{ ...drafts[entity.name], ...request.defaults }}
          onDraft={(values) => setDrafts((held) => ({ ...held, [entity.name]: values }))}
          onClose={close}
        />
      ) : null}
    </Modal>
  )
}

type FormProps = {
  entity: AnyEntity
  initial: Values
  onDraft: (values: Values) => void
  onClose: () => void
}

const withDefaults = (entity: AnyEntity, initial: Values): Values => ({
  ...Object.fromEntries(
    entity.quickCreate.flatMap((name) => {
      const field = entity.fields[name]
      return field ? [[name, emptyValue(field)]] : []
    }),
  ),
  ...initial,
})

const useCreate = (entity: AnyEntity, onSaved: () => void) => {
  const { t } = useTranslation('records')
  const store = useStore()
  const commit = useCommit()
  return async (values: Values): Promise<boolean> => {
    const id = newId()
    const set = Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const field = entity.fields[name]
        return [name, field ? cleaned(field, value) : value]
      }),
    )
    const name = titleOf(entity, set)
    const label = t('created', { name })
    const result = await commit([{ entity: entity.name, id, create: true, set }], { label })
    if (!result.ok) return false
    if (result.undoId !== null) showUndo(store, label, result.undoId)
    else notifications.show({ message: label })
    onSaved()
    return true
  }
}

const CreateForm = ({ entity, initial, onDraft, onClose }: FormProps) => {
  const { t } = useTranslation('records')
  const { currency } = useSession()
  const [values, setValues] = useState(() => withDefaults(entity, initial))
  const [showAll, setShowAll] = useState(false)
  const [another, setAnother] = useState(false)
  const [tried, setTried] = useState(false)
  const [round, setRound] = useState(0)
  const create = useCreate(entity, () => onDraft({}))
  const duplicates = useDuplicates(entity, values)
  const { isFixed } = useAccess()
  const names = (
    showAll ? entity.sections.flatMap(({ fields }) => fields) : entity.quickCreate
  ).filter((name) => entity.fields[name]?.kind !== 'richText' && !isFixed(entity, name))
  const set = (name: string, value: unknown) => {
    const next = { ...values, [name]: value }
    setValues(next)
    onDraft(next)
  }
  const clean = Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = entity.fields[name]
      return [name, field ? cleaned(field, value) : value]
    }),
  )
  const missing = missingFields(entity, clean)
  const problems = [
    ...missing,
    ...checkValues(entity, clean).filter(({ path }) => !missing.some((one) => one.path === path)),
  ]
  const submit = async () => {
    setTried(true)
    if (problems.length > 0 || !(await create(clean))) return
    if (!another) return onClose()
    setValues(withDefaults(entity, {}))
    setTried(false)
    setRound(round + 1)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit()
  }
  return (
    <form
      key={round}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      noValidate
    >
      <Stack gap="sm">
        <div className={classes.grid}>
          {names.map((name, index) => {
            const field = entity.fields[name]
            if (!field) return null
            const problem = tried
              ? problems.find(({ path }) => path.split('.')[0] === name)
              : undefined
            return (
              <div
                key={name}
                className={classes.cell}
                data-wide={
                  field.kind === 'list' ||
                  field.kind === 'map' ||
                  field.kind === 'longText' ||
                  undefined
                }
              >
                <Text size="xs" fw={600} component="div" mb={2}>
                  {field.label}
                  {field.required ? <span className={classes.required}> *</span> : null}
                </Text>
                <FieldInput
                  field={field}
                  value={values[name]}
                  currency={currency}
                  onChange={(value) => set(name, value)}
                  autoFocus={index === 0}
                />
                {problem ? (
                  <Text size="xs" c="var(--bad)" role="alert">
                    {problem.message}
                  </Text>
                ) : null}
              </div>
            )
          })}
        </div>
        <DuplicateAlert duplicates={duplicates} onFollow={onClose} />
        <Group justify="space-between">
          <Button variant="subtle" color="gray" onClick={() => setShowAll(!showAll)}>
            {showAll ? t('fewerFields') : t('moreFields')}
          </Button>
          <Group gap="sm">
            <Checkbox
              label={t('addAnother')}
              checked={another}
              onChange={(event) => setAnother(event.currentTarget.checked)}
            />
            <Button type="submit">{t('add', { entity: entity.label.toLowerCase() })}</Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
