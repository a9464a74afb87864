/** The printed quote as a document definition of pdfmake: pure, so that it can be looked at without a printer. */
import type { Content, TableCell } from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces'
import type { Quote, QuoteLine } from '../../../shared/features/quotes/quote'
import { lineTotal, quoteTotals } from '../../../shared/features/quotes/totals'
import { formatMoney } from '../../../shared/kernel/money'

/** Everything that stands on the paper; texts in the language of the reader, names as they are. */
export type QuotePaper = {
  quote: Quote
  /** ISO 4217. */
  currency: string
  sender: string
  /** The customer's name and address, a line each. */
  customer: readonly string[]
  contact: string
  /** A text by key, with what stands in it. */
  text: (key: string, values?: { [name: string]: string | number }) => string
  /** BCP 47. */
  locale: string
  formatDay: (day: string) => string
}

const accent = '#0f766e'
const quiet = '#5c6670'
const hairline = '#d5dade'

const decimal = (value: number, { locale }: QuotePaper): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(value)

const money = (minor: number, { currency, locale }: QuotePaper): string =>
  formatMoney(minor, currency, locale)

const head = (paper: QuotePaper): Content => {
  const { quote, sender, text, formatDay } = paper
  const facts: [string, string | null][] = [
    [text('number'), quote.number ?? text('draft')],
    [text('date'), quote.issuedOn && formatDay(quote.issuedOn)],
    [text('validUntil'), quote.validUntil && formatDay(quote.validUntil)],
    [text('contact'), paper.contact],
  ]
  return [
    { text: sender, style: 'sender' },
    {
      columns: [
        { stack: [...paper.customer], margin: [0, 36, 0, 0] },
        {
          width: 220,
          margin: [0, 36, 0, 0],
          layout: 'noBorders',
          table: {
            widths: [80, '*'],
            body: facts
              .filter(([, value]) => value)
              .map(([label, value]) => [
                { text: label, color: quiet },
                { text: value ?? '', alignment: 'right' },
              ]),
          },
        },
      ],
    },
    { text: `${text('quote')}: ${quote.title ?? ''}`, style: 'title' },
    ...(quote.notes ? [{ text: quote.notes, margin: [0, 0, 0, 12] } as Content] : []),
  ]
}

const lineRow = (line: QuoteLine, index: number, paper: QuotePaper): TableCell[] => {
  const discount = line.discountPercent ?? 0
  const description: Content[] = [line.description ?? '']
  if (discount > 0)
    description.push({
      text: paper.text('lineDiscount', { percent: decimal(discount, paper) }),
      color: quiet,
      fontSize: 8,
    })
  return [
    { text: String(index + 1), color: quiet },
    { stack: description },
    { text: decimal(line.quantity ?? 1, paper), alignment: 'right' },
    { text: money(line.unitPrice ?? 0, paper), alignment: 'right' },
    { text: money(lineTotal(line), paper), alignment: 'right' },
  ]
}

const table = (paper: QuotePaper): Content => {
  const { quote, text } = paper
  const right = ['quantity', 'unitPrice', 'amount']
  const heads = ['position', 'description', ...right].map((key) => ({
    text: text(key),
    style: 'head',
    alignment: right.includes(key) ? ('right' as const) : ('left' as const),
  }))
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [22, '*', 60, 80, 85],
      body: [heads, ...quote.lines.map((line, index) => lineRow(line, index, paper))],
    },
    layout: {
      hLineWidth: (index) => (index === 0 ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => hairline,
      paddingTop: () => 5,
      paddingBottom: () => 5,
      paddingLeft: (index) => (index === 0 ? 0 : 6),
      paddingRight: (index, node) => (index === (node.table.widths?.length ?? 0) - 1 ? 0 : 6),
    },
  }
}

const sums = (paper: QuotePaper): Content => {
  const { quote, text } = paper
  const totals = quoteTotals(quote.lines, quote.discountPercent)
  const rows: [string, string][] = [[text('subtotal'), money(totals.subtotal, paper)]]
  if (totals.discountTotal !== 0)
    rows.push([
      text('discount', { percent: decimal(quote.discountPercent ?? 0, paper) }),
      `−${money(totals.discountTotal, paper)}`,
    ])
  for (const { percent, net, tax } of totals.taxes)
    rows.push([
      text('tax', { percent: decimal(percent, paper), net: money(net, paper) }),
      money(tax, paper),
    ])
  return {
    // The sums stay together: a total alone on a page says little.
    unbreakable: true,
    margin: [0, 10, 0, 0],
    columns: [
      { width: '*', text: '' },
      {
        width: 280,
        layout: 'noBorders',
        table: {
          widths: ['*', 'auto'],
          body: [
            ...rows.map(([label, value]) => [
              { text: label, color: quiet },
              { text: value, alignment: 'right' as const },
            ]),
            [
              { text: text('total'), style: 'total' },
              { text: money(totals.total, paper), style: 'total', alignment: 'right' as const },
            ],
          ],
        },
      },
    ],
  }
}

/** The whole document, A4 or, where people use it, US Letter. */
export const quoteDocument = (paper: QuotePaper): TDocumentDefinitions => {
  const { quote, sender, text, locale } = paper
  return {
    pageSize: /-(US|CA|MX)$/.test(locale) ? 'LETTER' : 'A4',
    pageMargins: [50, 50, 50, 60],
    info: { title: `${text('quote')} ${quote.number ?? quote.title ?? ''}`.trim(), author: sender },
    defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.25 },
    styles: {
      sender: { fontSize: 15, bold: true, color: accent },
      title: { fontSize: 14, bold: true, margin: [0, 28, 0, 10] },
      head: { color: quiet, fontSize: 8.5, bold: true },
      total: { fontSize: 11.5, bold: true, margin: [0, 4, 0, 0] },
    },
    content: [
      head(paper),
      table(paper),
      sums(paper),
      ...(quote.terms
        ? [
            { text: text('terms'), bold: true, margin: [0, 24, 0, 4] } as Content,
            { text: quote.terms } as Content,
          ]
        : []),
    ],
    footer: (page, pages) => ({
      margin: [50, 20, 50, 0],
      fontSize: 8,
      color: quiet,
      columns: [sender, { text: text('page', { page, pages }), alignment: 'right' }],
    }),
  }
}
