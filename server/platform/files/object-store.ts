/** Where sealed objects lie. Names are `<tenant>/<file>`; an object that is put again is replaced whole. */
export interface ObjectStore {
  /** Resolves when the object is durable, whole. `bytes` is its exact length. */
  put(name: string, bytes: number, content: AsyncIterable<Uint8Array>): Promise<void>
  /** @throws ObjectMissing */
  get(name: string): Promise<AsyncIterable<Uint8Array>>
  /** Removing what is not there is no error. */
  remove(name: string): Promise<void>
}

export class ObjectMissing extends Error {
  override readonly name = 'ObjectMissing'
  constructor() {
    super('the object is not there')
  }
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const shape = new RegExp(`^${uuid}/${uuid}$`)

/** An object's name; throws for anything but two ids, so that no name leads out of the store. */
export function objectName(tenantId: string, fileId: string): string {
  const name = `${tenantId}/${fileId}`
  if (!shape.test(name)) throw new TypeError('an object is named by two ids')
  return name
}
