import { Navigate, useSearch } from '@tanstack/react-router'
import { sessions } from '../../../contract/identity/session.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState, Skeletons } from '../../ui/state.tsx'
import { useAct } from '../data/act.ts'
import { useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { paths } from '../paths.ts'
import { Door } from './door.tsx'
import styles from './door.module.css'

/** One human may work for several companies: each is another session, with other rights and other data. */
export function ChooseCompany() {
  const { session } = useWords()
  const { next = paths.home } = useSearch({ from: paths.company })
  const { data: me, trouble } = useAsk(sessions.me, {})
  const go = useAct(sessions.switchCompany, { done: () => location.assign(next) })
  if (trouble) return trouble.requestCode ? <ErrorState {...trouble} /> : <Navigate to={paths.signIn} />
  return (
    <Door title={session.chooseCompany}>
      <div className={styles.choices}>
        {me ? (
          me.companies.map(({ tenantId, name }) => (
            <Button
              key={tenantId}
              icon="company"
              kind={tenantId === me.tenant.tenantId ? 'primary' : 'plain'}
              wide
              busy={go.isBusy}
              onClick={() => (tenantId === me.tenant.tenantId ? location.assign(next) : go.fire({ tenantId }))}
            >
              {name}
            </Button>
          ))
        ) : (
          <Skeletons lines={3} />
        )}
      </div>
    </Door>
  )
}
