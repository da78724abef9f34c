import { folderStore } from './folder-store.ts'
import type { ObjectStore } from './object-store.ts'
import { s3Store } from './s3-store.ts'

/** By FILES_URL: a folder's path, or `s3://KEY:SECRET@host/bucket?region=…` (`http://`, `https://` the same, for stores without TLS and with). */
export const openStore = (filesUrl: string): ObjectStore => (filesUrl.includes('://') ? s3Store(filesUrl) : folderStore(filesUrl))
