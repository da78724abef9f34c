import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  IdentifierNode,
  OnNode,
  OperationNodeTransformer,
  OperatorNode,
  PrimitiveValueListNode,
  ReferenceNode,
  TableNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
  WhereNode,
  type DeleteQueryNode,
  type InsertQueryNode,
  type JoinNode,
  type KyselyPlugin,
  type OperationNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type SelectQueryNode,
  type UnknownRow,
  type UpdateQueryNode,
} from 'kysely'

/**
 * Puts `tenant_id = $n` into every statement on a tenant table, and `tenant_id` into every insert, so that no act writes it and none can
 * forget it. Row security refuses foreign rows anyway; the predicate is what routes a statement to one shard and to the right index.
 */
export class TenantPlugin implements KyselyPlugin {
  readonly #transformer: TenantTransformer
  constructor(tenantId: string, tenantTables: ReadonlySet<string>) {
    this.#transformer = new TenantTransformer(tenantId, tenantTables)
  }
  transformQuery(args: PluginTransformQueryArgs): RootOperationNode {
    return this.#transformer.transformNode(args.node)
  }
  async transformResult(args: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return args.result
  }
}

class TenantTransformer extends OperationNodeTransformer {
  readonly #tenantId: string
  readonly #tables: ReadonlySet<string>
  constructor(tenantId: string, tables: ReadonlySet<string>) {
    super()
    this.#tenantId = tenantId
    this.#tables = tables
  }

  protected override transformSelectQuery(node: SelectQueryNode): SelectQueryNode {
    const inner = super.transformSelectQuery(node)
    const where = this.#narrow(inner.where, inner.from?.froms ?? [])
    return where ? { ...inner, where } : inner
  }

  protected override transformUpdateQuery(node: UpdateQueryNode): UpdateQueryNode {
    const inner = super.transformUpdateQuery(node)
    const where = this.#narrow(inner.where, [...(inner.table ? [inner.table] : []), ...(inner.from?.froms ?? [])])
    return where ? { ...inner, where } : inner
  }

  protected override transformDeleteQuery(node: DeleteQueryNode): DeleteQueryNode {
    const inner = super.transformDeleteQuery(node)
    const where = this.#narrow(inner.where, [...inner.from.froms, ...(inner.using?.tables ?? [])])
    return where ? { ...inner, where } : inner
  }

  protected override transformJoin(node: JoinNode): JoinNode {
    const inner = super.transformJoin(node)
    const name = this.#nameOf(inner.table)
    if (!name) return inner
    const on = inner.on ? OnNode.create(AndNode.create(inner.on.on, this.#predicate(name))) : OnNode.create(this.#predicate(name))
    return { ...inner, on }
  }

  protected override transformInsertQuery(node: InsertQueryNode): InsertQueryNode {
    const inner = super.transformInsertQuery(node)
    const table = inner.into?.table.identifier.name
    if (!table || !this.#tables.has(table) || !inner.values || !ValuesNode.is(inner.values)) return inner
    const tenant = ValueNode.create(this.#tenantId)
    const values = inner.values.values.map((row) =>
      PrimitiveValueListNode.is(row) ? PrimitiveValueListNode.create([...row.values, this.#tenantId]) : ValueListNode.create([...row.values, tenant]),
    )
    return { ...inner, columns: [...(inner.columns ?? []), ColumnNode.create('tenant_id')], values: ValuesNode.create(values) }
  }

  #narrow(where: WhereNode | undefined, sources: readonly OperationNode[]): WhereNode | undefined {
    let narrowed = where
    for (const source of sources) {
      const name = this.#nameOf(source)
      if (name) narrowed = narrowed ? WhereNode.create(AndNode.create(narrowed.where, this.#predicate(name))) : WhereNode.create(this.#predicate(name))
    }
    return narrowed
  }

  /** The name a tenant table is known by in this statement; undefined for sub-selects and global tables. */
  #nameOf(source: OperationNode): string | undefined {
    if (TableNode.is(source)) return this.#tables.has(source.table.identifier.name) ? source.table.identifier.name : undefined
    if (AliasNode.is(source) && TableNode.is(source.node) && this.#tables.has(source.node.table.identifier.name) && IdentifierNode.is(source.alias)) return source.alias.name
    return undefined
  }

  #predicate(name: string): BinaryOperationNode {
    const reference = ReferenceNode.create(ColumnNode.create('tenant_id'), TableNode.create(name))
    return BinaryOperationNode.create(reference, OperatorNode.create('='), ValueNode.create(this.#tenantId))
  }
}
