export type Command = { id: string; group: string; title: string; hint?: string; keys?: string; run: () => void }

const plain = (text: string): string => text.toLocaleLowerCase('ru').replaceAll('ё', 'е')

/** Each word must begin a word of the title; whole beginnings first, then by length. */
export function rank(commands: readonly Command[], query: string, limit = 40): Command[] {
  const asked = plain(query).split(/\s+/).filter(Boolean)
  if (asked.length === 0) return commands.slice(0, limit)
  const scored = commands.flatMap((command) => {
    const words = plain(`${command.title} ${command.group}`).split(/[\s«»"(),.:—-]+/)
    if (!asked.every((part) => words.some((word) => word.startsWith(part)))) return []
    return [{ command, score: plain(command.title).startsWith(asked.join(' ')) ? 0 : 1 }]
  })
  return scored
    .sort((a, b) => a.score - b.score || a.command.title.length - b.command.title.length)
    .slice(0, limit)
    .map(({ command }) => command)
}
