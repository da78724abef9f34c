import type { MessageWords } from '../../../contract/mailing/render-message.ts'
import type { Purpose } from '../../../contract/purposes.ts'
import type { Ctx } from '../../kernel/index.ts'

/** What a letter of ours is made of. `words`: how the person is called and who writes. */
export type LetterAbout = { personId: string; payload: Record<string, unknown>; publicUrl: string; words: MessageWords }
/**
 * A service letter that the product itself writes; registered by its code in server/letters.ts. It holds no advertising, and no more of the
 * person than `words`. Null: there is nothing to say any more.
 * `purpose`: why the address is opened. `rights`: an answer that the law owes goes out also under a restriction and without another ground
 * (152-ФЗ art. 14, 20, 21); every other letter needs the verdict of `mayContact`.
 */
export type ServiceLetter = {
  purpose: Extract<Purpose, 'request_handling' | 'sale' | 'service' | 'rights'>
  compose: (ctx: Ctx, about: LetterAbout) => Promise<{ subject: string; text: string } | null>
  /** What follows when it will never be sent. */
  unsent?: (ctx: Ctx, payload: Record<string, unknown>) => Promise<void>
}
export type ServiceLetters = Readonly<Record<string, ServiceLetter>>
