/** Makes the PDF here, without a network. Printer and fonts are large, so they are loaded when they are needed. */
import { type QuotePaper, quoteDocument } from './pdf-document'

export const makeQuotePdf = async (paper: QuotePaper): Promise<Blob> => {
  const [{ default: printer }, { default: fonts }] = await Promise.all([
    import('pdfmake/build/pdfmake'),
    import('pdfmake/build/vfs_fonts'),
  ])
  printer.addVirtualFileSystem(fonts)
  return printer.createPdf(quoteDocument(paper)).getBlob()
}
