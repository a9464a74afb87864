/** What every kind of file becomes: headings and rows that know their line. */

/** A line that could not be read; `line` counts from 1, as editors do. */
export type LineProblem = { line: number; reason: string; value?: string }

export type TableRow = { line: number; cells: string[] }

export type Table = { headings: string[]; rows: TableRow[]; problems: LineProblem[] }
