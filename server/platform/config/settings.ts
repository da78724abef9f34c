/** Every setting there is, in one list: `npm run config` prints it, `readConfig` checks it. All come from the environment. */
import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { z } from 'zod'

export type Setting = { name: string; default: string | null; ru: string; en: string; check: z.ZodType<unknown, string> }

const address = (schemes: string[]) =>
  z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)), {
    error: `must be an address that begins with ${schemes.map((each) => `${each}://`).join(' or ')}`,
  })
const port = z
  .string()
  .refine((value) => /^\d{1,5}$/.test(value) && Number(value) <= 65535, { error: 'must be a port, a whole number from 0 to 65535' })
  .transform(Number)
const peoplePerDealer = z
  .string()
  .refine((value) => /^\d{1,7}$/.test(value) && Number(value) >= 100 && Number(value) <= 1_000_000, { error: 'must be a whole number from 100 to 1000000' })
  .transform(Number)
const text = z.string().min(1, { error: 'must not be empty' })
const oneOf = <const W extends [string, ...string[]]>(...words: W) => z.enum(words, { error: `must be one of: ${words.join(', ')}` })
const origin = address(['http', 'https']).refine((value) => URL.canParse(value) && new URL(value).pathname === '/' && !value.endsWith('/'), {
  error: 'must be scheme, host and port only, without a slash at the end',
})
const filesAddress = z.string().refine((value) => !value.includes('://') || ['http:', 'https:', 's3:'].includes(value.slice(0, value.indexOf('//'))), {
  error: 'must be a folder, or an address that begins with s3://, http:// or https://',
})
const rootKey = z
  .string()
  .refine((value) => !value.includes('://') || /^openbao\+https?:\/\//.test(value), { error: 'must be a file, or an address that begins with openbao+http:// or openbao+https://' })

const readable = z.string().refine((value) => existsSync(value), { error: 'must be a file that is there' })
const isNetwork = (text: string): boolean => {
  const [address = '', bits] = text.split('/')
  const family = isIP(address)
  return family !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
}
const proxies = z
  .string()
  .refine((value) => value === 'none' || value.split(',').every((each) => ['loopback', 'linklocal', 'uniquelocal'].includes(each.trim()) || isNetwork(each.trim())), {
    error: 'must be none, or loopback, linklocal, uniquelocal, addresses and networks (10.0.0.0/8) with commas between',
  })

export const settings = [
  {
    name: 'INFOTECH_ENV',
    default: 'demo',
    check: oneOf('demo', 'production'),
    ru: 'demo: демонстрационная сеть и её учётные записи; production: пустая система, секреты демо недопустимы',
    en: 'demo: the demonstration network and its accounts; production: an empty system, demo secrets are refused',
  },
  {
    name: 'DEMO_PEOPLE',
    default: '20000',
    check: peoplePerDealer,
    ru: 'сколько клиентов у каждого дилера демонстрационной сети; действует, пока она не заполнена',
    en: 'how many clients each dealer of the demonstration network has; counts until it is filled in',
  },
  {
    name: 'DEMO_LEADS',
    default: 'on',
    check: oneOf('on', 'off'),
    ru: 'on: пока кто-то смотрит экраны дилера демонстрационной сети, к нему раз в минуту-две приходит лид',
    en: 'on: while somebody looks at the screens of a demo dealer, a lead comes to it every minute or two',
  },
  { name: 'HOST', default: '127.0.0.1', check: text, ru: 'на каком адресе машины слушать', en: 'address of this machine to listen on' },
  { name: 'PORT', default: '3000', check: port, ru: 'порт веб-сервера', en: 'port of the web server' },
  {
    name: 'PUBLIC_URL',
    default: null,
    check: origin,
    ru: 'как люди открывают систему; по умолчанию http://localhost:PORT',
    en: 'how people reach the system; by default http://localhost:PORT',
  },
  {
    name: 'DATA_DIR',
    default: './data',
    check: text,
    ru: 'папка всего, что хранится: базы, ключи, секреты, файлы, журнал',
    en: 'folder of everything kept: databases, keys, secrets, files, the log',
  },
  {
    name: 'DATABASE_URL',
    default: null,
    check: address(['postgres', 'postgresql']),
    ru: 'своя PostgreSQL 15+, от имени владельца базы с правом createrole; по умолчанию встроенная',
    en: 'a PostgreSQL 15+ of your own, as the owner of the database with createrole; embedded by default',
  },
  {
    name: 'KEYSTORE_URL',
    default: null,
    check: address(['postgres', 'postgresql']),
    ru: 'отдельная PostgreSQL для ключей; по умолчанию вторая встроенная',
    en: 'a separate PostgreSQL for keys; by default a second embedded one',
  },
  {
    name: 'ROOT_KEY',
    default: null,
    check: rootKey,
    ru: 'файл корневого ключа (0600) или openbao+https://…; по умолчанию DATA_DIR/secrets/root.key',
    en: 'file of the root key (0600) or openbao+https://…; by default DATA_DIR/secrets/root.key',
  },
  {
    name: 'OPENBAO_TOKEN',
    default: null,
    check: text,
    ru: 'токен к OpenBao, когда ROOT_KEY указывает на него; лучше OPENBAO_TOKEN_FILE',
    en: 'token for OpenBao when ROOT_KEY names one; OPENBAO_TOKEN_FILE is better',
  },
  {
    name: 'OPENBAO_TOKEN_FILE',
    default: null,
    check: readable,
    ru: 'файл, в котором лежит токен к OpenBao; читается перед каждым обращением',
    en: 'file that holds the token for OpenBao; read before each call',
  },
  {
    name: 'APP_DB_USER',
    default: null,
    check: text,
    ru: 'от чьего имени работает встроенная PostgreSQL, когда систему запускает root; по умолчанию postgres или nobody',
    en: 'as whom the embedded PostgreSQL runs when root starts the system; by default postgres or nobody',
  },
  {
    name: 'FILES_URL',
    default: null,
    check: filesAddress,
    ru: 'где лежат файлы: папка или хранилище S3; по умолчанию DATA_DIR/files',
    en: 'where files lie: a folder or an S3 store; by default DATA_DIR/files',
  },
  {
    name: 'HEADS_DIR',
    default: null,
    check: text,
    ru: 'куда публикуются подписанные головы журнала; по умолчанию DATA_DIR/heads',
    en: 'where signed heads of the log are published; by default DATA_DIR/heads',
  },
  {
    name: 'SMTP_URL',
    default: null,
    check: address(['smtp', 'smtps']),
    ru: 'через что отправлять письма; без него демонстрация складывает письма в свой ящик (/demo/mailbox), а в рабочей системе они ждут в очереди',
    en: 'how to send mail; without it the demo keeps letters in its mailbox (/demo/mailbox) and production keeps them waiting',
  },
  {
    name: 'SMS_URL',
    default: null,
    check: address(['http', 'https']),
    ru: 'шлюз сообщений на телефон: принимает JSON {to, text, reference}, имя и пароль из адреса; без него демонстрация складывает сообщения в ящик, а в рабочей системе они ждут',
    en: 'gateway of short messages: takes JSON {to, text, reference}, name and password from the address; without it the demo keeps messages in its mailbox and production keeps them waiting',
  },
  { name: 'IMAP_URL', default: null, check: address(['imap', 'imaps']), ru: 'ящик, из которого забираются письма-обращения', en: 'mailbox from which enquiries are collected' },
  {
    name: 'SMTP_LISTEN_PORT',
    default: '2525',
    check: port,
    ru: 'порт, на котором принимаются письма-обращения; 0 выключает',
    en: 'port on which enquiries are received by mail; 0 switches it off',
  },
  {
    name: 'TRUST_PROXY',
    default: 'loopback',
    check: proxies,
    ru: 'чьему X-Forwarded-For верить: loopback, адреса и сети через запятую или none; от него зависят пределы на попытки входа',
    en: 'whose X-Forwarded-For is believed: loopback, addresses and networks with commas between, or none; limits on sign-in attempts go by it',
  },
  {
    name: 'METRICS_TOKEN',
    default: null,
    check: text,
    ru: 'с каким ключом (Bearer) читается /metrics; без него только с этой машины',
    en: 'the bearer token that reads /metrics; without it only this machine does',
  },
  {
    name: 'LOG_LEVEL',
    default: null,
    check: oneOf('debug', 'info', 'warn', 'error'),
    ru: 'сколько подробностей в выводе; по умолчанию info, в демонстрации warn',
    en: 'how much detail in the output; by default info, in the demo warn',
  },
] as const satisfies Setting[]

export type SettingName = (typeof settings)[number]['name']
