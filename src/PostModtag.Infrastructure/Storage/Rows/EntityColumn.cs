using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PostModtag.Infrastructure.Storage.Rows;

/// <summary>A column of an entity's table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Property">What EF's model says of it.</param>
/// <param name="Value">What an entity has in it, as the database has it; null where the entity has nothing.</param>
/// <param name="KeyOf">The entities whose key it has, which the database may have given just before; null for every other column.</param>
internal sealed record EntityColumn(string Name, IProperty Property, Func<object, object?> Value, IEntityType? KeyOf = null)
{
    /// <summary>The column of a property.</summary>
    /// <param name="property">The property.</param>
    /// <param name="table">The table that it is in.</param>
    /// <param name="from">Finds the object that has the property, from an entity; null where there is none.</param>
    public static EntityColumn Of(IProperty property, StoreObjectIdentifier table, Func<object, object?> from)
    {
        var getter = property.GetGetter();
        var convert = property.GetTypeMapping().Converter?.ConvertToProvider;
        return new EntityColumn(
            property.GetColumnName(table)!,
            property,
            entity => from(entity) is { } owner && getter.GetClrValueUsingContainingEntity(owner) is { } value
                ? convert is null ? value : convert(value)
                : null);
    }
}
