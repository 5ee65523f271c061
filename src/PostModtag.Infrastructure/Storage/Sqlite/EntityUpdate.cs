using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// How a change of an entity is kept: one statement, which finds the row only as the entity was read. It is read off EF's model, so that
/// it writes what SaveChanges writes, without tracking what is never changed again.
/// </summary>
internal sealed class EntityUpdate
{
    private readonly List<(string Column, Func<object, object?> Value)> _columns = [];
    private readonly Func<object, object?> _key;
    private readonly PropertyInfo _revision;
    private readonly string _sql;

    /// <param name="type">The entity's type; it has a revision, by which it is known who has changed it.</param>
    /// <param name="changing">The properties, and what it owns in its row, that change.</param>
    public EntityUpdate(IEntityType type, IEnumerable<string> changing)
    {
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        foreach (var name in changing)
        {
            if (type.FindProperty(name) is { } property)
                _columns.Add((property.GetColumnName(table)!, EntityInsert.ValueOf(property, entity => entity)));
            else
                AddOwned(type.FindNavigation(name)!, table);
        }

        var (key, revision) = (type.FindPrimaryKey()!.Properties.Single(), type.GetProperties().Single(property => property.IsConcurrencyToken));
        (_key, _revision) = (EntityInsert.ValueOf(key, entity => entity), revision.PropertyInfo!);
        var (keyColumn, revisionColumn, next) = (key.GetColumnName(table), revision.GetColumnName(table), _columns.Count);
        var changes = _columns.Select((column, i) => $"\"{column.Column}\" = $p{i}").Append($"\"{revisionColumn}\" = \"{revisionColumn}\" + 1");
        _sql = $"""UPDATE "{table.Name}" SET {string.Join(", ", changes)} WHERE "{keyColumn}" = $p{next} AND "{revisionColumn}" = $p{next + 1}""";
    }

    /// <summary>Writes the change, and the next revision with it; false when there is no row with the entity's revision.</summary>
    public bool TryUpdate(SqliteStatements statements, object entity) =>
        statements.Execute(_sql, [.. _columns.Select(column => column.Value(entity)), _key(entity), _revision.GetValue(entity)]) == 1;

    /// <summary>The change is kept: the entity has the next revision.</summary>
    public void Keep(object entity) => _revision.SetValue(entity, (long)_revision.GetValue(entity)! + 1);

    private void AddOwned(INavigation navigation, StoreObjectIdentifier table)
    {
        var getter = navigation.GetGetter();
        foreach (var property in navigation.TargetEntityType.GetProperties().Where(property => !property.IsPrimaryKey()))
            _columns.Add((property.GetColumnName(table)!, EntityInsert.ValueOf(property, entity => getter.GetClrValueUsingContainingEntity(entity))));
    }
}
