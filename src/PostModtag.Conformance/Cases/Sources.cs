namespace PostModtag.Conformance.Cases;

/// <summary>Where the contract says what.</summary>
internal static class Sources
{
    public const string Answers = "postmodtag.openapi.yaml, Three kinds of answers";
    public const string Once = "postmodtag.openapi.yaml, Exactly once";
    public const string Codes = "postmodtag.openapi.yaml, Receipt error codes";
    public const string Operation = "postmodtag.openapi.yaml, ReceiveMessage";
    public const string Receipt = "postmodtag.openapi.yaml, Receipt";
    public const string ReceiptXsd = "receipt.xsd";
    public const string Problem = "postmodtag.openapi.yaml, Problem";

    public static string Of(int status) => $"postmodtag.openapi.yaml, ReceiveMessage, {status}";
}
