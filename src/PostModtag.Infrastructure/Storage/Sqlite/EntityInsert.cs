using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// How an entity is inserted: one statement for its row, with what it owns in it, and one for each of those that it owns in a table of
/// their own. It is read off EF's model, so that it writes what SaveChanges writes, without tracking what is never changed again. What
/// goes into the columns is made beforehand, for whoever inserts keeps all others waiting.
/// </summary>
internal sealed class EntityInsert
{
    private static readonly ConcurrentDictionary<IEntityType, EntityInsert> Known = new();

    private readonly List<(string Column, Func<object, object?> Value)> _columns = [];
    private readonly List<(int Place, Func<object, object?> KeyOf)> _references = [];
    private readonly List<(Func<object, object?> Items, EntityInsert Insert)> _owned = [];
    private readonly PropertyInfo? _generatedKey;
    private readonly string? _ownerColumn;

    private EntityInsert(IEntityType type, string? ownerColumn)
    {
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        _ownerColumn = ownerColumn;
        AddColumns(type, table, entity => entity);
        _generatedKey = type.FindPrimaryKey()!.Properties.SingleOrDefault(key => key.ValueGenerated == ValueGenerated.OnAdd && !key.IsShadowProperty())?.PropertyInfo;
        List<string> columns = [.. ownerColumn is null ? Array.Empty<string>() : [ownerColumn], .. _columns.Select(column => column.Column)];
        Sql = $"""INSERT INTO "{table.Name}" ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})""";
    }

    /// <summary>The statement; its parameters are <c>$p0</c>, <c>$p1</c> and so on.</summary>
    public string Sql { get; }

    /// <summary>Makes an entity, as it is now, ready to be inserted with what it owns.</summary>
    /// <param name="model">EF's model.</param>
    /// <param name="entity">The entity; a key that the database gives is put into it when it is inserted.</param>
    public static EntityRow Prepare(IModel model, object entity) =>
        Known.GetOrAdd(model.FindEntityType(entity.GetType())!, type => new EntityInsert(type, null)).Prepare(entity);

    private EntityRow Prepare(object entity)
    {
        var next = _ownerColumn is null ? 0 : 1;
        var values = new object?[_columns.Count + next];
        foreach (var (_, value) in _columns)
            values[next++] = value(entity);
        return new EntityRow(this, entity, values, [.. _owned.SelectMany(owned => ((IEnumerable)owned.Items(entity)!).Cast<object>().Select(owned.Insert.Prepare))]);
    }

    /// <summary>An entity that is ready to be inserted.</summary>
    internal sealed class EntityRow(EntityInsert insert, object entity, object?[] values, EntityRow[] owned)
    {
        /// <summary>Inserts it, with what it owns.</summary>
        /// <exception cref="Microsoft.Data.Sqlite.SqliteException">A constraint does not hold, or the database fails.</exception>
        public void Insert(SqliteStatements statements)
        {
            // What it refers to may have got its key just before.
            foreach (var (place, keyOf) in insert._references)
                values[place] = keyOf(entity);
            statements.Execute(insert.Sql, values);
            if (insert._generatedKey is null && owned.Length == 0)
                return;
            object key = statements.LastRowId;
            insert._generatedKey?.SetValue(entity, key);
            foreach (var row in owned)
            {
                row.SetOwner(key);
                row.Insert(statements);
            }
        }

        private void SetOwner(object key) => values[0] = key;
    }

    private void AddColumns(IEntityType type, StoreObjectIdentifier table, Func<object, object?> from)
    {
        // A shadow is a key that the row has already, a column that is named twice, or one that begins as null.
        foreach (var property in type.GetProperties().Where(property => !property.IsShadowProperty() && property.ValueGenerated != ValueGenerated.OnAdd))
        {
            if (property.GetContainingForeignKeys().SingleOrDefault(key => !key.IsOwnership)?.DependentToPrincipal is { } reference)
            {
                var (principal, key) = (reference.GetGetter(), ValueOf(reference.ForeignKey.PrincipalKey.Properties.Single(), entity => entity));
                _references.Add((_columns.Count, entity => key(principal.GetClrValueUsingContainingEntity(entity)!)));
            }

            _columns.Add((property.GetColumnName(table)!, ValueOf(property, from)));
        }

        foreach (var navigation in type.GetNavigations().Where(navigation => navigation.TargetEntityType.IsOwned() && !navigation.IsOnDependent))
        {
            var getter = navigation.GetGetter();
            object? Owned(object entity) => from(entity) is { } owner ? getter.GetClrValueUsingContainingEntity(owner) : null;
            if (!navigation.IsCollection)
                AddColumns(navigation.TargetEntityType, table, Owned);
            else
                _owned.Add((Owned, new EntityInsert(navigation.TargetEntityType, navigation.ForeignKey.Properties.Single().GetColumnName())));
        }
    }

    /// <summary>What a property has in its column, of what is found from an entity; null where nothing is found.</summary>
    public static Func<object, object?> ValueOf(IProperty property, Func<object, object?> from)
    {
        var getter = property.GetGetter();
        var convert = property.GetTypeMapping().Converter?.ConvertToProvider;
        return entity => from(entity) is { } owner && getter.GetClrValueUsingContainingEntity(owner) is { } value
            ? convert is null ? value : convert(value)
            : null;
    }
}
