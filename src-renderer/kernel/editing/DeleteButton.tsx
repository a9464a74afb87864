import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'

type Props = { label: string; onDelete: () => void; disabled?: boolean }

/** Deletes what is being set up; stands below all of it. */
export const DeleteButton = ({ label, onDelete, disabled = false }: Props) => (
  <Button
    variant="default"
    color="red"
    leftSection={<IconTrash size={14} />}
    disabled={disabled}
    onClick={onDelete}
  >
    {label}
  </Button>
)
