import styles from './icon.module.css'

/** Drawn on 20 × 20 with one line of 1.6. A new icon is a line here. */
const shapes = {
  home: 'M3 9l7-6 7 6v8h-5v-5H8v5H3z',
  inbox: 'M3 11l2-7h10l2 7v5H3zM3 11h4l1 2h4l1-2h4',
  leads: 'M4 4h12M6 8h8M8 12h4M9.5 16h1',
  deals: 'M3 4h4v12H3zM8.5 4h4v8h-4zM14 4h3v5h-3z',
  person: 'M10 10a3.2 3.2 0 100-6.4 3.2 3.2 0 000 6.4zM3.5 17c.6-3.4 3.2-5 6.5-5s5.9 1.6 6.5 5',
  people: 'M7.5 9.5a2.8 2.8 0 100-5.6 2.8 2.8 0 000 5.6zM2 16c.4-3 2.6-4.4 5.5-4.4S12.6 13 13 16M13 4.2a2.7 2.7 0 010 5.1M15 11.9c1.7.5 2.7 1.9 3 4.1',
  car: 'M3 12l1.6-4.5C5 6.5 5.5 6 6.5 6h7c1 0 1.5.5 1.9 1.5L17 12v4h-2v-1.5H5V16H3zM3 12h14M6 12.8v.1M14 12.8v.1',
  wheel: 'M10 17a7 7 0 100-14 7 7 0 000 14zM10 12a2 2 0 100-4 2 2 0 000 4zM3.2 9L8 9.5M16.8 9L12 9.5M10 12v5',
  task: 'M4 10.5l4 4 8-9',
  calendar: 'M4 5h12v12H4zM4 8.5h12M7 3v3.5M13 3v3.5',
  mail: 'M3 5h14v10H3zM3 5.5l7 5.5 7-5.5',
  phone: 'M5 3h3l1.5 4-2 1.5a9 9 0 004 4L13 10.5l4 1.5v3c0 1-.8 2-2 2C8.5 16.5 3.5 11.5 3 5c0-1.2 1-2 2-2z',
  file: 'M5 3h7l4 4v10H5zM12 3v4h4',
  upload: 'M10 13V4M6 7.5L10 3.5l4 4M4 13v4h12v-4',
  download: 'M10 3.5v9M6 9l4 4 4-4M4 13v4h12v-4',
  report: 'M4 16V9M8.5 16V4M13 16v-5M17 16H3',
  shield: 'M10 2.8l6 2.2v5c0 3.8-2.5 6-6 7.2-3.5-1.2-6-3.4-6-7.2V5z',
  log: 'M5 3h10v14H5zM8 7h4M8 10h4M8 13h2',
  key: 'M12.5 11a4 4 0 10-3.8-2.7L3 14v3h3v-2h2v-2h1.5l1-2.2M13.5 6.5v.1',
  route: 'M5 16V9a3 3 0 013-3h7M12 3l3 3-3 3M5 16.5v.1M15 12v4.5',
  outlet: 'M3 8l1.5-4h11L17 8M4 8v9h12V8M3 8h14M8 17v-5h4v5',
  company: 'M4 17V4h7v13M11 8h5v9M2.5 17h15M6.5 7.5h2M6.5 10.5h2M6.5 13.5h2',
  gear: 'M10 12.5a2.5 2.5 0 100-5 2.5 2.5 0 000 5zM10 2.5v2.3M10 15.2v2.3M2.5 10h2.3M15.2 10h2.3M4.7 4.7l1.6 1.6M13.7 13.7l1.6 1.6M15.3 4.7l-1.6 1.6M6.3 13.7l-1.6 1.6',
  bell: 'M5 14V9a5 5 0 0110 0v5l1.5 1.5h-13zM8.5 17.5h3',
  search: 'M9 14.5a5.5 5.5 0 100-11 5.5 5.5 0 000 11zM13 13l4 4',
  eye: 'M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 12a2 2 0 100-4 2 2 0 000 4z',
  eyeOff: 'M3 3l14 14M8 5.3A7.6 7.6 0 0110 5c5 0 7.5 5 7.5 5a13 13 0 01-2.7 3.3M12 14.7A7.3 7.3 0 0110 15c-5 0-7.5-5-7.5-5a13 13 0 012.7-3.3',
  plus: 'M10 4v12M4 10h12',
  close: 'M5 5l10 10M15 5L5 15',
  check: 'M4 10.5l4 4 8-9',
  more: 'M5 10v.1M10 10v.1M15 10v.1',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  left: 'M12 4l-6 6 6 6',
  right: 'M8 4l6 6-6 6',
  down: 'M4 7.5l6 6 6-6',
  up: 'M4 12.5l6-6 6 6',
  warning: 'M10 3l8 14H2zM10 8v4M10 14.5v.1',
  help: 'M10 17a7 7 0 100-14 7 7 0 000 14zM8 8a2 2 0 113 1.7c-.7.4-1 .8-1 1.5M10 13.8v.1',
  sun: 'M10 13a3 3 0 100-6 3 3 0 000 6zM10 2.5v1.5M10 16v1.5M2.5 10H4M16 10h1.5M4.7 4.7l1 1M14.3 14.3l1 1M15.3 4.7l-1 1M5.7 14.3l-1 1',
  globe: 'M10 17a7 7 0 100-14 7 7 0 000 14zM3 10h14M10 3c-5 4.5-5 9.5 0 14 5-4.5 5-9.5 0-14z',
  exit: 'M12 3H4v14h8M8 10h9M14 7l3 3-3 3',
  edit: 'M4 16l.7-3.5L13.5 3.7l2.8 2.8L7.5 15.3z',
  bin: 'M4 6h12M8 6V3.5h4V6M5.5 6l.7 11h7.6l.7-11M8.5 9v5M11.5 9v5',
  filter: 'M3 4h14l-5.5 6.5V16l-3-1.5v-4z',
  sort: 'M7 4v12M4 13l3 3 3-3M13 16V4M10 7l3-3 3 3',
  network: 'M10 7a2 2 0 100-4 2 2 0 000 4zM5 17a2 2 0 100-4 2 2 0 000 4zM15 17a2 2 0 100-4 2 2 0 000 4zM9 6.8L6 13.2M11 6.8l3 6.4M7 15h6',
  pulse: 'M2.5 10H6l2-5 4 10 2-5h3.5',
} as const

export type IconName = keyof typeof shapes

/** A line drawing that takes the colour of the text. Never the only name of a thing: it is hidden from screen readers. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg className={styles.icon} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  )
}
