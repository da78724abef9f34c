import { useSyncExternalStore } from 'react'

const phone = '(max-width: 48em)'

/** Is this the lot, not the desk: a screen of a phone's width? */
export function useIsPhone(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(phone)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => window.matchMedia(phone).matches,
  )
}
