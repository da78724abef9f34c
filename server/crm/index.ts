import { assignDeal, editDeal } from './deals/edit-deal.ts'
import { findDeal } from './deals/find-deal.ts'
import { listDeals, showBoard } from './deals/list-deals.ts'
import { moveDeal, undoMove } from './deals/move-deal.ts'
import { openDeal } from './deals/open-deal.ts'
import { nameDeals, showDeal } from './deals/show-deal.ts'
import { handToSpecialist } from './deals/specialist.ts'
import { intakeActions } from './intake/index.ts'
import { logInteraction } from './interactions/log-interaction.ts'
import { openPerson, showTimeline } from './interactions/show-timeline.ts'
import { undoInteraction } from './interactions/undo-interaction.ts'
import { assignLead, assignLeads } from './leads/assign-lead.ts'
import { closeLead } from './leads/close-lead.ts'
import { createLead } from './leads/create-lead.ts'
import { escalateLead } from './leads/escalate-lead.ts'
import { findLead } from './leads/find-lead.ts'
import { intakeLead } from './leads/intake-lead.ts'
import { listAssignees } from './leads/list-assignees.ts'
import { countLeads, listLeads } from './leads/list-leads.ts'
import { reopenLead } from './leads/reopen-lead.ts'
import { openComment, showLead } from './leads/show-lead.ts'
import { takeLead } from './leads/take-lead.ts'
import { undoLead } from './leads/undo-lead.ts'
import { reportFunnel } from './reports/report-funnel.ts'
import { reportNow } from './reports/report-now.ts'
import { reportResponse } from './reports/report-response.ts'
import { changePolicy, listPolicies } from './routing/policies.ts'
import { previewRouting } from './routing/preview-routing.ts'
import { createRule, editRule, listRules, removeRule, reorderRules } from './routing/rules.ts'
import { createSource, editSource, listSources, renewSourceMail } from './routing/sources.ts'
import { editStockCar } from './stock/edit-stock-car.ts'
import { listModels, listStock, showStockCar } from './stock/list-stock.ts'
import { finishTask, moveTask, reopenTask } from './tasks/change-task.ts'
import { createTask } from './tasks/create-task.ts'
import { countTasks, listTasks } from './tasks/list-tasks.ts'
import { bookTestDrive } from './test-drives/book-test-drive.ts'
import { cancelTestDrive, finishTestDrive, missTestDrive, restoreTestDrive } from './test-drives/change-test-drive.ts'
import { showDay } from './test-drives/show-day.ts'

export { intakeJobs, intakeLongJobs, readMail, receiveMail, withHeldWords } from './intake/index.ts'
export { clockFits, isTimed, leadClock, SOON_MINUTES, toClock, type LeadClock } from './clock/clock.ts'
export { addWorkingMinutes, InvalidHours, openingFrom, openSpans, workingMinutesBetween, type OutletHours } from './clock/working-hours.ts'
export { crmJobs } from './jobs.ts'
export { handOn, settleHandedOn } from './leads/hand-on-lead.ts'
export { keepMessage } from './leads/keep-message.ts'
export { receiveLead } from './leads/receive-lead.ts'
export { takeBackLead } from './leads/take-back-lead.ts'
export { whole } from './reports/figures.ts'
export { quantile } from './reports/report-response.ts'
export { clockPolicies } from './routing/clock-policies.ts'
export { defaultPolicy } from './routing/default-policy.ts'
export { ruleOrder } from './routing/rule-order.ts'
export { newMailToken } from './routing/sources.ts'

const contactActions = [logInteraction, undoInteraction, showTimeline, openPerson, listTasks, countTasks, createTask, moveTask, finishTask, reopenTask]
const dealActions = [showBoard, listDeals, findDeal, nameDeals, showDeal, openDeal, moveDeal, undoMove, editDeal, assignDeal, handToSpecialist]
const driveActions = [showDay, bookTestDrive, cancelTestDrive, finishTestDrive, missTestDrive, restoreTestDrive]
const stockActions = [listStock, listModels, showStockCar, editStockCar]
const leadActions = [listLeads, findLead, countLeads, listAssignees, showLead, openComment, takeLead, assignLead, assignLeads, escalateLead, closeLead, reopenLead, undoLead]
const routingActions = [
  listSources,
  createSource,
  editSource,
  renewSourceMail,
  listPolicies,
  changePolicy,
  listRules,
  createRule,
  editRule,
  removeRule,
  reorderRules,
  previewRouting,
]
export const crmActions = [
  ...contactActions,
  ...dealActions,
  ...driveActions,
  ...stockActions,
  ...intakeActions,
  intakeLead,
  createLead,
  ...leadActions,
  ...routingActions,
  reportNow,
  reportFunnel,
  reportResponse,
]
export { crmPersonalData } from './personal-data.ts'
