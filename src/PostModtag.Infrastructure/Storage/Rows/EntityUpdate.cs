using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PostModtag.Infrastructure.Storage.Rows;

/// <summary>
/// How a change of an entity is kept: one statement, which finds the row only as the entity was read. It is read off EF's model, so that
/// it writes what SaveChanges writes, without tracking what is never changed again.
/// </summary>
internal sealed class EntityUpdate
{
    private readonly List<EntityColumn> _columns = [];
    private readonly PropertyInfo _revision;

    /// <param name="type">The entity's type; it has a revision, by which it is known who has changed it.</param>
    /// <param name="changing">The properties, and what it owns in its row, that change.</param>
    public EntityUpdate(IEntityType type, IEnumerable<string> changing)
    {
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        foreach (var name in changing)
        {
            if (type.FindProperty(name) is { } property)
                _columns.Add(EntityColumn.Of(property, table, entity => entity));
            else
                AddOwned(type.FindNavigation(name)!, table);
        }

        var changes = _columns.Select((column, i) => $"\"{column.Name}\" = ${i + 1}").ToList();
        var (key, revision) = (type.FindPrimaryKey()!.Properties.Single(), type.GetProperties().Single(property => property.IsConcurrencyToken));
        _revision = revision.PropertyInfo!;
        _columns.Add(EntityColumn.Of(key, table, entity => entity));
        _columns.Add(EntityColumn.Of(revision, table, entity => entity));
        var (keyColumn, revisionColumn) = (_columns[^2].Name, _columns[^1].Name);
        Sql = $"""UPDATE "{table.Name}" SET {string.Join(", ", changes)}, "{revisionColumn}" = "{revisionColumn}" + 1 WHERE "{keyColumn}" = ${_columns.Count - 1} AND "{revisionColumn}" = ${_columns.Count}""";
    }

    /// <summary>The statement: it writes the change, and the next revision with it, and changes no row when none has the entity's revision. Its parameters are <c>$1</c>, <c>$2</c> and so on.</summary>
    public string Sql { get; }

    /// <summary>The columns of the parameters, in their order.</summary>
    public IReadOnlyList<EntityColumn> Columns => _columns;

    /// <summary>The change is kept: the entity has the next revision.</summary>
    public void Keep(object entity) => _revision.SetValue(entity, (long)_revision.GetValue(entity)! + 1);

    private void AddOwned(INavigation navigation, StoreObjectIdentifier table)
    {
        var getter = navigation.GetGetter();
        foreach (var property in navigation.TargetEntityType.GetProperties().Where(property => !property.IsPrimaryKey()))
            _columns.Add(EntityColumn.Of(property, table, getter.GetClrValueUsingContainingEntity));
    }
}
