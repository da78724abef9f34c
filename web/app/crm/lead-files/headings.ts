/** Headings as they were answered to the upload. They may hold people, so the server keeps them sealed in the file and this page in its memory only. */
const known = new Map<string, readonly string[]>()

export const keepHeadings = (fileId: string, headings: readonly string[]): void => void known.set(fileId, headings)
export const headingsOf = (fileId: string): readonly string[] => known.get(fileId) ?? []
