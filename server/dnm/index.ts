import type { Action, Jobs, LongJobs } from '../kernel/index.ts'
import { createDealer, editDealer } from './dealers/edit-dealer.ts'
import { addNetworkOutlet, editNetworkOutlet } from './dealers/edit-outlet.ts'
import { makeDealerKey, makeDealerSecret, tryPush } from './dealers/key-dealer.ts'
import { listDealers, listNetworkOutlets } from './dealers/list-dealers.ts'
import { onNetworkMember, onNetworkOutlets } from './dealers/member-job.ts'
import { decideDispute, listDisputes } from './disputes/decide-dispute.ts'
import { onNetworkDispute } from './disputes/dispute-job.ts'
import { openDispute } from './disputes/open-dispute.ts'
import { onNetworkTokens, sweepTokens } from './duplicates/tokens-job.ts'
import { showNetworkDays, showNetworkFigures } from './figures/network-figures.ts'
import { countNetworkLeads, listNetworkLeads } from './leads/list-network-leads.ts'
import { onNetworkDeadline } from './leads/on-deadline.ts'
import { assignNetworkLead, rerouteNetworkLead, takeBackNetworkLead } from './leads/route-by-hand.ts'
import { showNetworkLead } from './leads/show-network-lead.ts'
import { answerLmsStage } from './lms/answer-stage.ts'
import { listLmsNotices } from './lms/list-notices.ts'
import { listLmsRequests } from './lms/list-requests.ts'
import { pushJob } from './push/on-push.ts'
import { tellFeedback } from './push/tell-feedback.ts'
import { listNotices, listReceived, seeNotice, showReceived } from './received/list-received.ts'
import { editMembership, listMemberships } from './received/memberships.ts'
import { onRecipientsTold } from './received/on-recipients-told.ts'
import { changeNetworkPolicy, listNetworkPolicies } from './routing/edit-policies.ts'
import { createNetworkRule, editNetworkRule, listNetworkRules, removeNetworkRule, reorderNetworkRules } from './routing/edit-rules.ts'
import { onNetworkRoute } from './routing/on-route.ts'
import { listNetworkModels, previewNetworkRoute } from './routing/preview-route.ts'
import { onNetworkPublish } from './transfer/on-publish.ts'
import { onTakeBack } from './transfer/on-take-back.ts'
import { onNetworkTransfer } from './transfer/on-transfer.ts'

export { dnmPersonalData } from './personal-data.ts'

const leadActions = [listNetworkLeads, countNetworkLeads, showNetworkLead, assignNetworkLead, rerouteNetworkLead, takeBackNetworkLead]
const dealerActions = [listDealers, createDealer, editDealer, makeDealerKey, makeDealerSecret, tryPush, listNetworkOutlets, addNetworkOutlet, editNetworkOutlet]
const ruleActions = [
  listNetworkRules,
  createNetworkRule,
  editNetworkRule,
  removeNetworkRule,
  reorderNetworkRules,
  previewNetworkRoute,
  listNetworkModels,
  listNetworkPolicies,
  changeNetworkPolicy,
]
const disputeActions = [openDispute, listDisputes, decideDispute]
const receivedActions = [listReceived, showReceived, listNotices, seeNotice, listMemberships, editMembership]
const machineActions = [listLmsRequests, listLmsNotices, answerLmsStage, tellFeedback]
export const dnmActions = [
  ...leadActions,
  ...dealerActions,
  ...ruleActions,
  ...disputeActions,
  ...receivedActions,
  ...machineActions,
  showNetworkFigures,
  showNetworkDays,
] as unknown as readonly Action[]

/** Tasks in one company. All may be run again. */
export const dnmJobs: Jobs = {
  'network-route': onNetworkRoute,
  'network-deadline': onNetworkDeadline,
  'network-sweep': sweepTokens,
}

/** Tasks that speak of two companies, or of the world outside. Each step is a transaction of its own. */
export const dnmLongJobs = (options: { allowsPrivate: boolean }): LongJobs => ({
  'network-transfer': onNetworkTransfer,
  'network-take-back': onTakeBack,
  'network-publish': onNetworkPublish,
  'network-outlets': onNetworkOutlets,
  'network-member': onNetworkMember,
  'network-tokens': onNetworkTokens,
  'network-dispute': onNetworkDispute,
  'network-push': pushJob(options),
  'recipients-told': onRecipientsTold,
})
