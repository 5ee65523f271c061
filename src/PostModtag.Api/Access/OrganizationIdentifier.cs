using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using PostModtag.Domain.Rules;

namespace PostModtag.Api.Access;

/// <summary>The organisation that an OCES3 certificate is issued to: <c>NTRDK-</c> and its CVR number, in the subject's organizationIdentifier.</summary>
internal static class OrganizationIdentifier
{
    private const string Oid = "2.5.4.97";
    private const string DanishRegister = "NTRDK-";

    /// <summary>The CVR number; null when the subject has none, or more than one, which would leave open whose it is.</summary>
    public static string? CvrOf(X500DistinguishedName subject)
    {
        try
        {
            return Identifiers(subject).ToList() is [{ } only] && only.StartsWith(DanishRegister, StringComparison.Ordinal) && AuthorityRules.IsCvr(only[DanishRegister.Length..])
                ? only[DanishRegister.Length..]
                : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Identifiers(X500DistinguishedName subject)
    {
        var names = new AsnReader(subject.RawData, AsnEncodingRules.DER).ReadSequence();
        while (names.HasData)
        {
            // One part of a name may have several values.
            var values = names.ReadSetOf();
            while (values.HasData)
            {
                var value = values.ReadSequence();
                if (value.ReadObjectIdentifier() == Oid)
                    yield return value.ReadCharacterString((UniversalTagNumber)value.PeekTag().TagValue);
            }
        }
    }
}
