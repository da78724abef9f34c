import type { PersonalData } from '../../../contract/personal-data.ts'
import { requestRead } from './request-read.ts'
import { answerRequest } from './answer-request.ts'
import { showAnswerFile } from './answer-file.ts'
import { destroyOnDemand } from './destroy-on-demand.ts'
import { executeRequest } from './execute-request.ts'
import { extendRequest } from './extend-request.ts'
import { recordRequest } from './file-request.ts'
import { identifyRequester, restrictRequester, takeRequest } from './handle-request.ts'
import { countRequests, listRequests } from './list-requests.ts'
import { openWords } from './open-words.ts'
import { fileOwnRequest, listOwnRequests, showOwnAnswer } from './own-requests.ts'
import { refuseRequest } from './refuse-request.ts'
import { showRequest } from './show-request.ts'

export { farewellJobs, farewellLetter, isFarewellSettled, settleFarewell } from './farewell.ts'
export { requestUnsent } from './extend-request.ts'
export { requestLetter } from './request-letter.ts'
export { fileOwnRequest, listOwnRequests, showOwnAnswer } from './own-requests.ts'
export const requestActions = [
  listRequests,
  countRequests,
  recordRequest,
  showRequest,
  openWords,
  takeRequest,
  identifyRequester,
  restrictRequester,
  extendRequest,
  refuseRequest,
  answerRequest,
  executeRequest,
  destroyOnDemand,
  showAnswerFile,
  listOwnRequests,
  showOwnAnswer,
  fileOwnRequest,
]
export const requestPersonalData: readonly PersonalData[] = [
  {
    table: 'subject_requests',
    purposes: ['rights'],
    what: { ru: 'запросы субъекта: вид, сроки, исход; слова зашифрованы', en: 'requests of the data subject: kind, terms, outcome; the words are sealed' },
    atTheEnd: 'unlinked',
    // What they had asked for otherwise has happened with their destruction; nobody could close it afterwards.
    emptied: `with done as (update subject_requests set state = 'executed', answered_at = $3, version = version + 1, updated_at = $3
        where tenant_id = $1 and person_id = any ($2::uuid[]) and state in ('new', 'in_work') and kind in ('destroy', 'stop', 'withdraw', 'stop_marketing') returning id)
      insert into request_events (tenant_id, id, request_id, kind, at) select $1, gen_random_uuid(), id, 'executed', $3 from done`,
    read: requestRead,
  },
  {
    table: 'destruction_acts',
    purposes: ['rights'],
    what: { ru: 'акты об уничтожении: человек только номером', en: 'acts of destruction: the person by id only' },
    atTheEnd: 'kept',
  },
]
