/** Which columns a list shows, how wide and in which order; kept on this machine. */
import { useLocalStorage } from '@mantine/hooks'
import { useMemo } from 'react'
import { type AnyEntity, shownFields } from '../../../shared/kernel/entity'

export type ColumnState = { names: string[]; widths: Record<string, number> }

const noColumn = new Set(['richText', 'longText', 'map', 'list'])

/** Columns that can be chosen. The first title field stands for the whole title and stays first. */
export const columnChoices = (entity: AnyEntity): { name: string; label: string }[] => [
  ...shownFields(entity)
    .filter(([name, { kind }]) => !noColumn.has(kind) && !entity.titleFields.includes(name))
    .map(([name, { label }]) => ({ name, label })),
  { name: 'createdAt', label: 'Created' },
  { name: 'updatedAt', label: 'Updated' },
]

/** The columns of a list, or those that a saved view begins with. */
export const useColumns = (entity: AnyEntity, view?: { id: string; columns?: ColumnState }) => {
  const initial: ColumnState = view?.columns ?? {
    names: entity.list.columns.filter((name) => !entity.titleFields.includes(name)),
    widths: {},
  }
  const [state, setState] = useLocalStorage<ColumnState>({
    key: ['roadbook.columns', entity.name, ...(view ? [view.id] : [])].join('.'),
    defaultValue: initial,
    getInitialValueInEffect: false,
  })
  // The same list as long as nothing was chosen otherwise: tables draw their rows by it.
  const names = useMemo(() => {
    const choices = columnChoices(entity).map(({ name }) => name)
    return state.names.filter((name) => choices.includes(name))
  }, [entity, state])
  return {
    state,
    names,
    widths: state.widths,
    toggle: (name: string) =>
      setState({
        ...state,
        names: state.names.includes(name)
          ? state.names.filter((held) => held !== name)
          : [...state.names, name],
      }),
    move: (name: string, by: -1 | 1) => {
      const names = [...state.names]
      const at = names.indexOf(name)
      const to = at + by
      if (at < 0 || to < 0 || to >= names.length) return
      names.splice(to, 0, ...names.splice(at, 1))
      setState({ ...state, names })
    },
    resize: (name: string, width: number) =>
      setState({ ...state, widths: { ...state.widths, [name]: Math.max(72, Math.round(width)) } }),
    reset: () => setState(initial),
  }
}
