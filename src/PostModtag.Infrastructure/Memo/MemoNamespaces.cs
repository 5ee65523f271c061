namespace PostModtag.Infrastructure.Memo;

/// <summary>The namespaces of MeMo and the prefixes by which violations name them, whatever the sender's own are.</summary>
internal static class MemoNamespaces
{
    public const string Memo = "https://DigitalPost.dk/MeMo-1";
    public const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    private const int LongestUnknownName = 64;

    private static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        [Memo] = "memo",
        ["https://data.gov.dk/model/core/"] = "grd",
        ["http://kle-online.dk/"] = "kle",
        ["http://www.form-online.dk/"] = "form",
        ["https://motorregister.skat.dk/"] = "dmv",
        ["https://www.gs1.dk/gs1-standarder/identifikation/gln-global-location-number/"] = "gln",
        ["https://www.dst.dk/da/TilSalg/Forskningsservice/Dokumentation/hoejkvalitetsvariable/elevregister-2/udd#"] = "udd",
        ["https://services.nsi.dk/en/Services/SOR"] = "sor",
        [SchemaInstance] = "xsi",
        ["http://www.w3.org/XML/1998/namespace"] = "xml",
    };

    /// <summary>The name as an XPath step; one in a namespace that MeMo does not know is matched by its local name.</summary>
    public static string Step(string @namespace, string name)
    {
        if (Prefixes.TryGetValue(@namespace, out var prefix))
            return $"{prefix}:{Short(name)}";
        return @namespace.Length == 0 ? Short(name) : $"*[local-name()='{Short(name)}']";
    }

    private static string Short(string name) => name.Length <= LongestUnknownName ? name : name[..LongestUnknownName] + "…";
}
