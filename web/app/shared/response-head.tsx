import styles from './response-head.module.css'

type Words = Record<'median' | 'p90' | 'inTime' | 'late', string>
type Props = { words: Words; before: readonly string[]; clocks: readonly [take: string, contact: string]; after?: readonly string[] }

/** The head of a table of response times: both clocks over their four columns each, between what else the table tells. */
export function ResponseHead({ words: { median, p90, inTime, late }, before, clocks, after = [] }: Props) {
  const tall = (names: readonly string[]) =>
    names.map((name) => (
      <th key={name} scope="col" rowSpan={2}>
        {name}
      </th>
    ))
  return (
    <thead>
      <tr>
        {tall(before)}
        {clocks.map((clock) => (
          <th key={clock} scope="colgroup" colSpan={4} className={styles.over}>
            {clock}
          </th>
        ))}
        {tall(after)}
      </tr>
      <tr>
        {clocks.flatMap((clock) =>
          [median, p90, inTime, late].map((name) => (
            <th key={`${clock}/${name}`} scope="col">
              {name}
            </th>
          )),
        )}
      </tr>
    </thead>
  )
}
