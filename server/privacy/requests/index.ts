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
    read: requestRead,
  },
  {
    table: 'destruction_acts',
    purposes: ['rights'],
    what: { ru: 'акты об уничтожении: человек только номером', en: 'acts of destruction: the person by id only' },
    atTheEnd: 'kept',
  },
]
