import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { sessions } from '../../../contract/identity/session.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { useColorScheme, useDensity } from '../../ui/provider.tsx'
import { useAct } from '../data/act.ts'
import { useLanguage, useWords } from '../language.tsx'
import { paths } from '../paths.ts'
import { type Me, useSession } from '../session/session.tsx'
import styles from './shell.module.css'

/** Company and outlet: whose data is on the screen. */
export function PlaceMenu() {
  const [{ shell }, { tenant, companies, outlets, outlet, chosenOutlet, chooseOutlet }] = [useWords(), useSession()]
  const client = useQueryClient()
  const go = useAct(sessions.switchCompany, {
    done: () => {
      // Nothing of the other company may stay on the screen or in the cache.
      client.clear()
      location.assign(paths.home)
    },
  })
  const place = chosenOutlet?.name ?? shell.allOutlets
  const all: MenuEntry[] = outlet ? [] : [{ kind: 'act', title: shell.allOutlets, isOn: chosenOutlet === null, run: () => chooseOutlet(null) }]
  const entries: MenuEntry[] = [
    { kind: 'title', title: shell.outlet },
    ...all,
    ...outlets.map((each): MenuEntry => ({
      kind: 'act',
      title: each.name,
      isOn: chosenOutlet?.id === each.id,
      disabledReason: outlet && outlet.id !== each.id ? shell.noRight : null,
      run: () => chooseOutlet(each.id),
    })),
    { kind: 'line' },
    { kind: 'title', title: shell.company },
    ...companies.map((each): MenuEntry => ({
      kind: 'act',
      title: each.name,
      isOn: each.tenantId === tenant.tenantId,
      run: () => each.tenantId !== tenant.tenantId && go.fire({ tenantId: each.tenantId }),
    })),
  ]
  const target = (
    <button type="button" className={styles.place}>
      <Icon name="outlet" />
      <span className={styles.placeText}>
        <b>{tenant.name}</b>
        <span>{place}</span>
      </span>
      <Icon name="down" size={14} />
    </button>
  )
  return <Menu label={`${shell.company}, ${shell.outlet}`} entries={entries} target={target} />
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? '')
    .join('')
    .toUpperCase()

/** Me: my access, how the screen looks, which language, out. */
export function UserMenu() {
  const [{ words, locale, choose }, { name, role }, navigate, client] = [useLanguage(), useSession(), useNavigate(), useQueryClient()]
  const [scheme, setScheme] = useColorScheme()
  const [density, setDensity] = useDensity()
  const { shell } = words
  const leave = useAct(sessions.signOut, {
    done: () => {
      client.clear()
      location.assign(paths.signIn)
    },
  })
  const speak = useAct(sessions.speak, { optimistic: [{ of: sessions.me, change: (me: Me, { language }) => ({ ...me, language }) }] })
  const chooseLanguage = (chosen: 'ru' | 'en'): void => {
    choose(chosen)
    speak.fire({ language: chosen })
  }
  const one = <Value extends string>(values: readonly Value[], titles: Record<Value, string>, now: Value, pick: (value: Value) => void): MenuEntry[] =>
    values.map((value) => ({ kind: 'act', title: titles[value], isOn: value === now, run: () => pick(value) }))
  const entries: MenuEntry[] = [
    { kind: 'title', title: `${name} · ${shell.roles[role]}` },
    { kind: 'act', title: shell.account, icon: 'key', run: () => void navigate({ to: paths.access }) },
    { kind: 'line' },
    { kind: 'title', title: shell.theme },
    ...one(['light', 'dark', 'auto'] as const, shell.themes, scheme, setScheme),
    { kind: 'title', title: shell.density },
    ...one(['comfortable', 'compact'] as const, shell.densities, density, setDensity),
    { kind: 'title', title: shell.language },
    ...one(['ru', 'en'] as const, { ru: 'Русский', en: 'English' }, locale, chooseLanguage),
    { kind: 'line' },
    { kind: 'act', title: shell.signOut, icon: 'exit', run: () => leave.fire({}) },
  ]
  const target = (
    <button type="button" className={styles.me} aria-label={`${shell.userMenu}: ${name}`}>
      {initials(name)}
    </button>
  )
  return <Menu label={shell.userMenu} entries={entries} target={target} />
}
