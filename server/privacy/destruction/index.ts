import { destroyNow, listDue, previewDestruction } from './due.ts'
import { tellRecipient } from './recipients.ts'
import { listActs, printAct, showAct } from './show-acts.ts'

export const destructionActions = [listDue, previewDestruction, destroyNow, listActs, showAct, printAct, tellRecipient]
