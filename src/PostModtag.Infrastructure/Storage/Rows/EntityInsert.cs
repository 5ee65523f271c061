using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PostModtag.Infrastructure.Storage.Rows;

/// <summary>
/// How an entity is inserted: one statement for its row, with what it owns in it, and one for each of those that it owns in a table of
/// their own. It is read off EF's model, so that it writes what SaveChanges writes, without tracking what is never changed again. What
/// goes into the columns is made beforehand, for whoever inserts may keep others waiting.
/// </summary>
internal sealed class EntityInsert
{
    private static readonly ConcurrentDictionary<IEntityType, EntityInsert> Known = new();

    private readonly List<EntityColumn> _columns = [];
    private readonly List<(Func<object, object?> Items, EntityInsert Insert)> _owned = [];
    private readonly PropertyInfo? _generatedKey;

    private EntityInsert(IEntityType type, IForeignKey? ownership)
    {
        Table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        if (ownership is not null)
            _columns.Add(new EntityColumn(ownership.Properties.Single().GetColumnName(Table)!, ownership.Properties.Single(), _ => null, ownership.PrincipalEntityType));
        AddColumns(type, entity => entity);
        var key = type.FindPrimaryKey()!.Properties.SingleOrDefault(key => key.ValueGenerated == ValueGenerated.OnAdd && !key.IsShadowProperty());
        (_generatedKey, GeneratedKey) = (key?.PropertyInfo, key?.GetColumnName(Table));
    }

    /// <summary>The table that its row is in.</summary>
    public StoreObjectIdentifier Table { get; }

    /// <summary>The columns that are written, in the order of a row's values.</summary>
    public IReadOnlyList<EntityColumn> Columns => _columns;

    /// <summary>The key that the database gives; null where it gives none.</summary>
    public string? GeneratedKey { get; }

    /// <summary>Makes an entity, as it is now, ready to be inserted with what it owns.</summary>
    /// <param name="model">EF's model.</param>
    /// <param name="entity">The entity; a key that the database gives is put into it when it is inserted.</param>
    public static EntityRow Prepare(IModel model, object entity) =>
        Known.GetOrAdd(model.FindEntityType(entity.GetType())!, type => new EntityInsert(type, null)).Prepare(entity);

    /// <summary>The statement.</summary>
    /// <param name="value">What stands for a column's value, of which it is given the place.</param>
    public string Statement(Func<EntityColumn, int, string> value) =>
        $"""INSERT INTO "{Table.Name}" ({string.Join(", ", _columns.Select(column => $"\"{column.Name}\""))}) VALUES ({string.Join(", ", _columns.Select(value))})""";

    /// <summary>Puts the key that the database gave into the entity.</summary>
    public void SetKey(object entity, long key) => _generatedKey!.SetValue(entity, key);

    private EntityRow Prepare(object entity)
    {
        var values = new object?[_columns.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = _columns[i].Value(entity);
        return new EntityRow(this, entity, values, [.. _owned.SelectMany(owned => ((IEnumerable)owned.Items(entity)!).Cast<object>().Select(owned.Insert.Prepare))]);
    }

    private void AddColumns(IEntityType type, Func<object, object?> from)
    {
        // A shadow is a key that the row has already, a column that is named twice, or one that begins as null.
        foreach (var property in type.GetProperties().Where(property => !property.IsShadowProperty() && property.ValueGenerated != ValueGenerated.OnAdd))
        {
            var reference = property.GetContainingForeignKeys().SingleOrDefault(key => !key.IsOwnership)?.DependentToPrincipal;
            _columns.Add(reference is null ? EntityColumn.Of(property, Table, from) : Reference(property, reference));
        }

        foreach (var navigation in type.GetNavigations().Where(navigation => navigation.TargetEntityType.IsOwned() && !navigation.IsOnDependent))
        {
            var getter = navigation.GetGetter();
            object? Owned(object entity) => from(entity) is { } owner ? getter.GetClrValueUsingContainingEntity(owner) : null;
            if (!navigation.IsCollection)
                AddColumns(navigation.TargetEntityType, Owned);
            else
                _owned.Add((Owned, new EntityInsert(navigation.TargetEntityType, navigation.ForeignKey)));
        }
    }

    /// <summary>The column of another entity's key: null as long as that has none.</summary>
    private EntityColumn Reference(IProperty property, INavigation reference)
    {
        var (principal, key) = (reference.GetGetter(), reference.ForeignKey.PrincipalKey.Properties.Single().GetGetter());
        return new EntityColumn(
            property.GetColumnName(Table)!,
            property,
            entity => key.GetClrValueUsingContainingEntity(principal.GetClrValueUsingContainingEntity(entity)!) is long and not 0 and var value ? value : null,
            reference.TargetEntityType);
    }
}

/// <summary>An entity that is ready to be inserted.</summary>
/// <param name="Insert">How it is inserted.</param>
/// <param name="Entity">The entity.</param>
/// <param name="Values">What goes into its columns.</param>
/// <param name="Owned">What it owns in tables of their own.</param>
internal sealed record EntityRow(EntityInsert Insert, object Entity, object?[] Values, IReadOnlyList<EntityRow> Owned);
