import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

type Props = {
  title: string
  name: string
  /** Null where sharing is not asked about. */
  isShared: boolean | null
  onSubmit: (values: { name: string; isShared: boolean }) => void
  onClose: () => void
}

/** Asks what a view is called and who sees it. */
export const ViewForm = ({ title, name, isShared, onSubmit, onClose }: Props) => {
  const { t } = useTranslation('records')
  const [values, setValues] = useState({ name, isShared: isShared ?? false })
  const isNamed = values.name.trim() !== ''
  return (
    <Modal opened onClose={onClose} title={title} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isNamed) onSubmit({ ...values, name: values.name.trim() })
        }}
      >
        <Stack>
          <TextInput
            label={t('viewName')}
            value={values.name}
            maxLength={100}
            data-autofocus
            onChange={(event) => setValues({ ...values, name: event.currentTarget.value })}
          />
          {isShared === null ? null : (
            <Checkbox
              label={t('shareWithAll')}
              checked={values.isShared}
              onChange={(event) => setValues({ ...values, isShared: event.currentTarget.checked })}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={!isNamed}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
