import { driftOfPolicy } from '../../policy/drift.ts'
import { counted, type Evidence } from './evidence.ts'

const drift: Evidence = {
  what: {
    ru: 'строк, о которых опубликованная политика говорит не так, как есть (без неё: одна)',
    en: 'lines that the published policy does not tell as they are (without one: one)',
  },
  wanted: 'zero',
  read: async (reader) => {
    const changes = await driftOfPolicy(reader)
    if (changes === null) return [{ name: 'none_published', count: 1 }]
    return [...Map.groupBy(changes, ({ part }) => part)].map(([name, lines]) => ({ name, count: lines.length }))
  },
}

/** What the registers and the published policy say. */
export const registerEvidence = {
  operator: counted(
    'operator',
    'some',
    'записей об операторе с ИНН и ОГРН',
    'records of the operator with its numbers',
    `select kind name, count(*) count from tenants where tenant_id = $1 and inn <> '' and ogrn <> '' group by 1`,
  ),
  activities: counted(
    'activities',
    'some',
    'строк реестра',
    'lines of the register',
    `select code name, count(*) count from activities where tenant_id = $1 group by 1 order by 1`,
  ),
  activities_incomplete: counted(
    'activities_incomplete',
    'zero',
    'строк реестра без цели, основания, перечня данных, срока или порядка уничтожения',
    'lines of the register without purpose, basis, data, term or way of destruction',
    `select code name, count(*) count from activities where tenant_id = $1
      and (cardinality(purposes) = 0 or cardinality(bases) = 0 or cardinality(classes) = 0 or retention_from = '' or destruction = '') group by 1`,
  ),
  law_without_article: counted(
    'law_without_article',
    'zero',
    'строк, которые ссылаются на закон, не называя статьи',
    'lines that rest on a law without naming its article',
    `select code name, count(*) count from activities where tenant_id = $1 and 'law' = any (bases) and legal_ref !~ '[0-9]' group by 1`,
  ),
  marketing_bases: counted(
    'marketing_bases',
    'zero',
    'строк о рекламе с основанием кроме согласия',
    'lines on advertising with a basis other than consent',
    `select code name, count(*) count from activities where tenant_id = $1 and 'marketing' = any (purposes) and bases <> array['consent'] group by 1`,
  ),
  policy_versions: counted(
    'policy_versions',
    'some',
    'опубликованных редакций политики',
    'published versions of the policy',
    `select null::text name, count(*) count from policy_versions where tenant_id = $1`,
  ),
  policy_drift: drift,
  policy_marks: counted(
    'policy_marks',
    'any',
    'отметок об ознакомлении, по редакциям',
    'marks of acquaintance, by version',
    `select v.version::text name, count(*) count from policy_marks m join policy_versions v on v.tenant_id = $1 and v.id = m.policy_id where m.tenant_id = $1 group by 1`,
  ),
  access_by_role: counted(
    'access_by_role',
    'some',
    'работающих сотрудников, по ролям',
    'active members of staff, by role',
    `select role name, count(*) count from employees where tenant_id = $1 and is_active group by 1 order by 1`,
  ),
  officers: counted(
    'officers',
    'some',
    'назначенных ответственных за обработку',
    'appointed privacy officers',
    `select position name, count(*) count from employees where tenant_id = $1 and is_active and role = 'privacy_officer' group by 1`,
  ),
  machine_keys: counted(
    'machine_keys',
    'any',
    'действующих ключей интеграции, по правам',
    'live integration keys, by right',
    `select scope name, count(*) count from integration_keys k, unnest(k.scopes) scope where k.tenant_id = $1 and k.revoked_at is null group by 1`,
  ),
}
