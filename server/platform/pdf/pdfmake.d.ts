/** What we use of pdfmake 0.3, which brings no types of its own. */
declare module 'pdfmake' {
  type Fonts = Record<string, { normal: string; bold: string; italics: string; bolditalics: string }>
  type Made = { getBuffer: () => Promise<Buffer> }
  const pdfmake: {
    setFonts: (fonts: Fonts) => void
    setUrlAccessPolicy: (may: (url: string) => boolean) => void
    setLocalAccessPolicy: (may: (path: string) => boolean) => void
    createPdf: (definition: Record<string, unknown>) => Made
  }
  export { pdfmake as default }
}
