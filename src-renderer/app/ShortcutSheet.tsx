import { Modal, Title } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './app.module.css'
import { type Place, usePlaces } from './places'

const generalKeys = (places: readonly Place[]) =>
  [
    ['palette', ['Ctrl/⌘', 'K']],
    ['search', ['/']],
    ['createNew', ['c']],
    ['go', ['g', places.flatMap(({ key }) => key ?? []).join(' ')]],
    ['undo', ['Ctrl/⌘', 'Z']],
    ['redo', ['Ctrl/⌘', '⇧', 'Z']],
    ['sidebar', ['[']],
    ['help', ['?']],
    ['back', ['Esc']],
  ] as const

const list = [
  ['move', ['j', 'k']],
  ['open', ['Enter']],
  ['preview', ['Space']],
  ['select', ['x']],
  ['edit', ['e']],
  ['remove', ['Del']],
] as const

const Section = ({
  title,
  rows,
}: {
  title: string
  rows: readonly (readonly [string, readonly string[]])[]
}) => {
  const { t } = useTranslation('app')
  return (
    <>
      <Title order={3} mt="sm" mb={6}>
        {title}
      </Title>
      <div className={classes.sheet}>
        {rows.map(([name, keys]) => (
          <Fragment key={name}>
            <span>{t(`shortcuts.${name}`)}</span>
            <span>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </span>
          </Fragment>
        ))}
      </div>
    </>
  )
}

export const ShortcutSheet = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation('app')
  const places = usePlaces()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('set.cancel') }}
    >
      <Section title={t('shortcuts.general')} rows={generalKeys(places)} />
      <Section title={t('shortcuts.list')} rows={list} />
    </Modal>
  )
}
