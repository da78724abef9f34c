import type { LeadCard } from '../../../../contract/crm/lead.ts'
import { useNow } from '../../../ui/clock.tsx'
import { createFormat } from '../../../ui/format.ts'
import { useFormat } from '../../../ui/provider.tsx'
import { useWords } from '../../language.tsx'
import styles from './leads.module.css'

/** How the clocks were counted, line by line, on the wall of the lead's own outlet. */
export function ClockStory({ lead }: { lead: LeadCard }) {
  const [{ leads: t }, { locale }] = [useWords(), useFormat()]
  const format = createFormat(locale, lead.timeZone)
  const now = new Date(useNow())
  return (
    <>
      <ul className={styles.parts}>
        {lead.explanation.map((part) => (
          <li key={`${part.code}${part.at}`}>
            <time dateTime={part.at}>{format.moment(part.at, now)}</time>
            <span>
              {part.code === 'counted'
                ? `${format.time(part.at)}–${format.time(part.until)}: ${t.counted(part.minutes)}`
                : part.code === 'opened' && Date.parse(part.at) > now.getTime()
                  ? t.opensLater
                  : t.parts[part.code]}
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.dim}>{t.inZone(lead.timeZone)}</p>
    </>
  )
}
