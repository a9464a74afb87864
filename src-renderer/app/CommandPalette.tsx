import { useMantineColorScheme } from '@mantine/core'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBolt,
  IconKeyboard,
  IconMoon,
  IconPlus,
  IconRefresh,
  IconUpload,
} from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { entities, entityNamed } from '../../shared/features/index'
import { titleOf } from '../../shared/kernel/entity'
import { SearchNote } from '../kernel/copy/CopyNote'
import { useServerSearch } from '../kernel/copy/use-copy'
import { openQuickCreate } from '../kernel/create/open'
import { offeredCommands } from '../kernel/offered-commands'
import { useAccess } from '../kernel/use-access'
import { useStore } from '../kernel/use-store'
import { EntityIcon } from '../ui/icons'
import { mainEntities, placeName, usePlaces } from './places'

const [paletteStore, palette] = createSpotlight()

/** Opens the palette from anywhere. */
export const openPalette = (): void => palette.open()

type Command = { id: string; label: string; icon: ReactNode; run: () => void; keys?: string }

/** Whether all words of the text occur in the label. */
export const matches = (label: string, text: string): boolean =>
  text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => label.toLowerCase().includes(word))

type Props = { undo: () => void; redo: () => void; onHelp: () => void }

const useCommands = ({ undo, redo, onHelp }: Props): { actions: Command[]; places: Command[] } => {
  const { t } = useTranslation('app')
  const navigate = useNavigate()
  const store = useStore()
  const { toggleColorScheme } = useMantineColorScheme()
  const access = useAccess()
  const knownPlaces = usePlaces()
  const icon = { size: 16, stroke: 1.5 }
  return {
    actions: [
      ...offeredCommands().map((command) => ({ icon: <IconBolt {...icon} />, ...command })),
      ...mainEntities
        .filter((entity) => access.may('create', entity))
        .map((entity) => ({
          id: `create.${entity.name}`,
          label: t('palette.createEntity', { entity: entity.label.toLowerCase() }),
          icon: <IconPlus {...icon} />,
          run: () => openQuickCreate(entity),
        })),
      ...(access.may('create', entities.contact)
        ? [
            {
              id: 'import',
              label: t('palette.import'),
              icon: <IconUpload {...icon} />,
              run: () => void navigate({ to: '/import/$plural', params: { plural: 'contacts' } }),
            },
          ]
        : []),
      {
        id: 'undo',
        label: t('palette.undo'),
        icon: <IconArrowBackUp {...icon} />,
        run: undo,
        keys: 'Ctrl/⌘ Z',
      },
      { id: 'redo', label: t('palette.redo'), icon: <IconArrowForwardUp {...icon} />, run: redo },
      {
        id: 'theme',
        label: t('palette.theme'),
        icon: <IconMoon {...icon} />,
        run: toggleColorScheme,
      },
      {
        id: 'sync',
        label: t('palette.syncNow'),
        icon: <IconRefresh {...icon} />,
        run: () => void store.syncNow(),
      },
      { id: 'help', label: t('help'), icon: <IconKeyboard {...icon} />, run: onHelp, keys: '?' },
    ],
    places: knownPlaces.map(({ id, to, icon, label, key }) => ({
      id: `go.${id}`,
      label: t('palette.goTo', { place: placeName(label, t).toLowerCase() }),
      icon,
      run: () => void navigate({ to }),
      ...(key ? { keys: `g ${key}` } : {}),
    })),
  }
}

/** Records that the text finds; none of them is known to be all while `isReading`. */
const useHits = (text: string): { hits: Command[]; isReading: boolean } => {
  const navigate = useNavigate()
  const store = useStore()
  const { data, isFetching } = useQuery({
    queryKey: ['search', text],
    queryFn: () => store.search(text, 12),
    enabled: text.trim() !== '',
    placeholderData: keepPreviousData,
  })
  if (text.trim() === '') return { hits: [], isReading: false }
  const hits = (data ?? []).flatMap(({ entity: name, row }) => {
    const entity = entityNamed(name)
    if (!entity || entity.kind === 'server' || entity.name === 'tag') return []
    return [
      {
        id: row.id,
        label: titleOf(entity, row),
        icon: <EntityIcon name={entity.icon} />,
        keys: entity.label,
        run: () =>
          void navigate({ to: '/$plural/$id', params: { plural: entity.plural, id: row.id } }),
      },
    ]
  })
  return { hits, isReading: isFetching }
}

const Group = ({ label, commands }: { label: string; commands: Command[] }) =>
  commands.length === 0 ? null : (
    <Spotlight.ActionsGroup label={label}>
      {commands.map((command) => (
        <Spotlight.Action
          key={command.id}
          label={command.label}
          leftSection={command.icon}
          rightSection={<small>{command.keys}</small>}
          onClick={command.run}
        />
      ))}
    </Spotlight.ActionsGroup>
  )

/** What the open palette shows. Closed, it is not there: a search would be asked again with every sync. */
const Entries = ({ text, ...props }: Props & { text: string }) => {
  const { t } = useTranslation('app')
  const { actions, places } = useCommands(props)
  const { hits, isReading } = useHits(text)
  const shownActions = actions.filter(({ label }) => matches(label, text))
  const shownPlaces = places.filter(({ label }) => matches(label, text))
  const isSearching = useServerSearch(text) === 'searching'
  const isEmpty =
    !isReading && !isSearching && hits.length + shownActions.length + shownPlaces.length === 0
  return (
    <>
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        onKeyDown={(event) => {
          // Enter takes the first entry where none has been chosen by arrow keys.
          const isChosen = document.querySelector('[data-action][data-selected]') !== null
          const [first] = [...hits, ...shownActions, ...shownPlaces]
          if (event.key !== 'Enter' || isChosen || !first) return
          event.preventDefault()
          palette.close()
          first.run()
        }}
      />
      <Spotlight.ActionsList>
        <Group label={t('palette.records')} commands={hits} />
        <Group label={t('palette.actions')} commands={shownActions} />
        <Group label={t('palette.go')} commands={shownPlaces} />
        <SearchNote text={text} />
        {isEmpty ? <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </>
  )
}

/** Everything by name: records, actions, places. */
export const CommandPalette = (props: Props) => {
  const [text, setText] = useState('')
  return (
    <Spotlight.Root
      store={paletteStore}
      query={text}
      onQueryChange={setText}
      shortcut={null}
      scrollable
      maxHeight={420}
      clearQueryOnClose
    >
      <Entries text={text} {...props} />
    </Spotlight.Root>
  )
}
