// The one map from a database constraint's name to the problem a person is told.
import type { ConstraintProblems } from '#platform/api/problem-response.server.ts';

export const constraints: ConstraintProblems = {
  areas_group_name_once: 'areas.name-taken',
  units_name_once: 'people.unit-name-taken',
  channels_name_once: 'publishing.channel-name-taken',
  sites_name_once: 'publishing.site-name-taken',
  chat_keepers_once: 'publishing.already-keeper',
  chat_keepers_one_head: 'publishing.one-head',
  outlet_sends_once: 'publishing.already-queued',
  excuses_once: 'evidence.already-excused',
  plan_versions_one_draft: 'plan.draft-open',
  plan_versions_pkey: 'plan.draft-open',
  reports_version_once: 'reports.version-taken',
  reports_pkey: 'reports.id-reused',
  campaign_acts_once: 'evidence.act-already-recorded',
  directives_number_once: 'directives.number-taken',
  directive_citations_once: 'directives.already-cited',
  pledges_receipt_once: 'pledges.receipt-reused',
  paper_handovers_two_persons: 'pledges.takes-own',
};
