/** Makes the PDF here, without a network. Printer and fonts are large, so they are loaded when they are needed. */
import { largePart } from '../../kernel/large-part'
import { type QuotePaper, quoteDocument } from './pdf-document'

const printerAndFonts = largePart(() =>
  Promise.all([import('pdfmake/build/pdfmake'), import('pdfmake/build/vfs_fonts')]),
)

export const makeQuotePdf = async (paper: QuotePaper): Promise<Blob> => {
  const [{ default: printer }, { default: fonts }] = await printerAndFonts()
  printer.addVirtualFileSystem(fonts)
  return printer.createPdf(quoteDocument(paper)).getBlob()
}
