using System.Reflection;
using System.Text;

namespace PostModtag.Architecture.Tests;

/// <summary>What others see of an assembly, as text: a line each, in an order that does not change.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Assembly assembly, Func<Type, bool>? which = null)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().Where(type => which?.Invoke(type) ?? true).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append(Bases(type)).Append('\n');
            foreach (var line in Members(type).Distinct().Order(StringComparer.Ordinal))
                text.Append("  ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Kind(Type type) => type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : "class";

    private static string Bases(Type type)
    {
        if (type.IsEnum)
            return "";
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        List<string> bases = [.. type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? [Name(parent)] : Array.Empty<string>(),
            .. type.GetInterfaces().Except(inherited).Where(each => each.IsVisible && each.Name != "IEquatable`1").Select(Name).Order(StringComparer.Ordinal)];
        return bases.Count == 0 ? "" : $" : {string.Join(", ", bases)}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), System.Globalization.CultureInfo.InvariantCulture)}");
        return
        [
            .. type.GetConstructors(Declared).Where(IsSeen).Select(each => $"{Name(type)[(type.Namespace is { } space ? space.Length + 1 : 0)..]}({Parameters(each)})"),
            .. type.GetFields(Declared).Where(field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName).Select(field => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}"),
            .. type.GetProperties(Declared).Select(Property).OfType<string>(),
            .. type.GetEvents(Declared).Where(each => IsSeen(each.AddMethod!)).Select(each => $"event {Name(each.EventHandlerType!)} {each.Name}"),
            .. type.GetMethods(Declared).Where(method => IsSeen(method) && !method.IsSpecialName && !IsOfRecord(method)).Select(method =>
                $"{(method.IsStatic ? "static " : "")}{Nullable(Name(method.ReturnType), method.ReturnType, Nullability.Create(method.ReturnParameter))} {method.Name}{Generics(method)}({Parameters(method)})"),
        ];
    }

    private static string? Property(PropertyInfo property)
    {
        var (get, set) = (property.GetMethod is { } getter && IsSeen(getter), property.SetMethod is { } setter && IsSeen(setter));
        if (!get && !set || property.Name == "EqualityContract")
            return null;
        var isInit = set && property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");
        return $"{((property.GetMethod ?? property.SetMethod)!.IsStatic ? "static " : "")}{Nullable(Name(property.PropertyType), property.PropertyType, Nullability.Create(property))} {property.Name}{(get ? " get" : "")}{(isInit ? " init" : set ? " set" : "")}";
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    /// <summary>What the compiler makes of a record, which says nothing more than that it is one.</summary>
    private static bool IsOfRecord(MethodInfo method) => method.Name is "<Clone>$" or "PrintMembers" or "Deconstruct" or "Equals" or "GetHashCode" or "ToString";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsOut ? "out " : "")}{Nullable(Name(parameter.ParameterType), parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")}"));

    private static string Generics(MethodInfo method) => method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Nullable(string name, Type type, NullabilityInfo nullability)
    {
        if (!type.IsValueType && nullability.ReadState == NullabilityState.Nullable)
            return $"{name}?";
        return nullability.GenericTypeArguments is [{ ReadState: NullabilityState.Nullable, Type.IsValueType: false }] && name.EndsWith('>') ? $"{name[..^1]}?>" : name;
    }

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[]";
        if (type.IsGenericParameter)
            return type.Name;
        if (System.Nullable.GetUnderlyingType(type) is { } underlying)
            return $"{Name(underlying)}?";
        var plain = (type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Namespace is { } space ? $"{space}.{type.Name}" : type.Name).Split('`')[0];
        return type.IsGenericType ? $"{plain}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : plain;
    }
}
