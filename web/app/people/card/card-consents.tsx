import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { channels, consents, messageKinds, type Channel, type ChannelVerdict } from '../../../../contract/consent/consent.ts'
import { Button } from '../../../ui/button.tsx'
import { Drawer } from '../../../ui/dialog.tsx'
import { Icon, type IconName } from '../../../ui/icon.tsx'
import { Section } from '../../../ui/page.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import styles from './consents.module.css'
import { ConsentProof } from './consent-proof.tsx'
import { RecordConsent } from './record-consent.tsx'

type Verdict = z.output<typeof ChannelVerdict>
const icons: Record<Channel, IconName> = { email: 'mail', sms: 'inbox', call: 'phone' }

/** For each channel two signs: may we on business, may we with advertising. A channel opens its proof and takes down what the client says. */
export function CardConsents({ personId }: { personId: string }) {
  const [{ consent: t }, { why, may }] = [useWords(), useRights()]
  const [open, setOpen] = useState<Channel | null>(null)
  const { data, trouble } = useAsk(consents.contacting, { personId }, { live: ['person'], isOn: may('consent.read') })
  const cannotRecord = why(consents.record)
  const ask = { label: t.record, run: () => setOpen('call') }
  useShortcut('KeyS', cannotRecord ? null : ask)
  const verdicts = data?.verdicts
  return (
    <Section
      title={t.title}
      actions={
        <Button size="xs" icon="edit" keycap="S" disabledReason={cannotRecord} onClick={ask.run}>
          {t.save}
        </Button>
      }
    >
      <Whether cannot={why(consents.contacting)} trouble={trouble ? <ErrorState {...trouble} /> : null}>
        {verdicts ? (
          channels.map((channel) => <ChannelRow key={channel} channel={channel} verdicts={verdicts.filter((each) => each.channel === channel)} onOpen={() => setOpen(channel)} />)
        ) : (
          <Skeletons lines={3} height={32} />
        )}
      </Whether>
      <Drawer isOpen={open !== null} onClose={() => setOpen(null)} title={t.title}>
        {open && <Opened personId={personId} channel={open} onChannel={setOpen} verdicts={verdicts ?? []} onClose={() => setOpen(null)} />}
      </Drawer>
    </Section>
  )
}

function Whether({ cannot, trouble, children }: { cannot: string | null; trouble: ReactNode; children: ReactNode }) {
  if (cannot) return <p className={styles.dim}>{cannot}</p>
  return trouble ?? children
}

function ChannelRow({ channel, verdicts, onOpen }: { channel: Channel; verdicts: readonly Verdict[]; onOpen: () => void }) {
  const { consent: t } = useWords()
  const said = messageKinds.flatMap((kind) => verdicts.filter(({ messageKind }) => messageKind === kind))
  const spoken = said.map(({ messageKind, may, because }) => t.glyph(t.channels[channel], t.messageKinds[messageKind], may ? t.may : t.mayNot, t.because[because])).join('. ')
  const advertising = verdicts.find(({ messageKind }) => messageKind === 'advertising')
  return (
    <button type="button" className={styles.channel} aria-label={spoken} onClick={onOpen}>
      <Icon name={icons[channel]} size={16} />
      <span className={styles.name}>{t.channels[channel]}</span>
      {said.map((verdict) => (
        <Glyph key={verdict.messageKind} verdict={verdict} />
      ))}
      {advertising && <span className={styles.why}>{t.because[advertising.because]}</span>}
    </button>
  )
}

/** Sign, word and colour say the same, so that none is needed alone. */
function Glyph({ verdict: { may, messageKind, because } }: { verdict: Verdict }) {
  const { consent: t } = useWords()
  return (
    <span className={styles.glyph} data-may={may} title={`${t.messageKinds[messageKind]}: ${t.because[because]}`}>
      <Icon name={may ? 'check' : 'close'} size={12} />
      {t.messageKinds[messageKind]}
    </span>
  )
}

type OpenedProps = { personId: string; channel: Channel; onChannel: (channel: Channel) => void; verdicts: readonly Verdict[]; onClose: () => void }

function Opened({ personId, channel, onChannel, verdicts, onClose }: OpenedProps) {
  const { consent: t } = useWords()
  const { data, trouble } = useAsk(consents.ofPerson, { personId }, { live: ['person'] })
  if (trouble) return <ErrorState {...trouble} />
  if (!data) return <Skeletons lines={8} />
  return (
    <div className={styles.opened}>
      <RecordConsent personId={personId} channel={channel} onChannel={onChannel} now={data.now} onDone={onClose} />
      <section className={styles.verdicts} aria-label={t.channels[channel]}>
        {verdicts
          .filter((each) => each.channel === channel)
          .map((verdict) => (
            <p key={verdict.messageKind} className={styles.verdict} data-may={verdict.may}>
              <strong>
                {t.messageKinds[verdict.messageKind]}: {verdict.may ? t.may : t.mayNot}.
              </strong>{' '}
              {t.because[verdict.because]}
              {verdict.textVersion ? ` (${t.underText(verdict.textVersion)})` : ''}
            </p>
          ))}
      </section>
      <ConsentProof channel={channel} events={data.events} />
    </div>
  )
}
