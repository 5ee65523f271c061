using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>Where a fagsystem on another host is, and how it may be called, is checked when it is registered.</summary>
[Operation("RegisterFagsystem")]
[Operation("ChangeFagsystem")]
public sealed class RestConnectionTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task What_was_said_is_answered_and_what_was_left_out_has_a_default()
    {
        using var certificates = new TestCertificates();
        var key = shared.NewKey();
        var made = await shared.Server.RegisterRestAsync(key, "https://esdh.example:8443/ep/PostModtag", 42, 3, certificates.Pem);
        (made.Rest!.Url, made.Rest.TimeoutSeconds, made.Rest.MaxConcurrency, made.Rest.TrustedCertificates).ShouldBe(("https://esdh.example:8443/ep/PostModtag", 42, 3, certificates.Pem));

        await shared.Server.ChangeRestAsync(key, rest => (rest.TimeoutSeconds, rest.MaxConcurrency, rest.TrustedCertificates) = (null, null, null));

        var changed = (await shared.Server.Fagsystemer.GetFagsystemAsync(key)).Result.Rest!;
        (changed.TimeoutSeconds, changed.MaxConcurrency, changed.TrustedCertificates).ShouldBe((25, 8, null));
        var audit = (await shared.Server.Audit.FindAuditEntriesAsync(fagsystem: key)).Result.Entries;
        audit[^1].Detail.ShouldMatch("at https://esdh.example:8443/ep/PostModtag, 42 s, 3 at once, trusting [0-9A-F]{64};");
        audit[0].Detail.ShouldContain("25 s, 8 at once;");
    }

    [Fact]
    public async Task A_certificate_that_is_none_and_limits_out_of_bounds_are_refused_at_their_place()
    {
        foreach (var (rest, place) in new (string, string)[]
        {
            ("\"trustedCertificates\":\"ikke PEM\"", "rest.trustedCertificates"),
            ("\"trustedCertificates\":\"\"", "rest.trustedCertificates"),
            ("\"trustedCertificates\":\"-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\"", "rest.trustedCertificates"),
            ("\"timeoutSeconds\":0", "rest.timeoutSeconds"),
            ("\"timeoutSeconds\":601", "rest.timeoutSeconds"),
            ("\"maxConcurrency\":0", "rest.maxConcurrency"),
            ("\"maxConcurrency\":101", "rest.maxConcurrency"),
        })
        {
            var refused = await shared.Server.CallAsync("POST", "fagsystemer", $$"""{"key":"nyt","name":"Nyt","owner":"O","kind":"REST","rest":{"url":"https://nyt.example/PostModtag",{{rest}} } }""");
            (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID)).Places().ShouldBe([place]);
        }
    }

    [Theory]
    [InlineData("http://fagsystem.example/PostModtag")]
    [InlineData("ftp://localhost/PostModtag")]
    [InlineData("https://bruger:kode@fagsystem.example/PostModtag")]
    [InlineData("https://fagsystem.example/PostModtag?nogle=1")]
    [InlineData("https://fagsystem.example/PostModtag#her")]
    [InlineData("/PostModtag")]
    [InlineData("")]
    public async Task An_address_that_is_no_endpoint_is_refused(string url)
    {
        var refused = await shared.Server.CallAsync("POST", "fagsystemer", $$"""{"key":"nyt","name":"Nyt","owner":"O","kind":"REST","rest":{"url":"{{url}}"} }""");
        (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID)).Places().ShouldBe(["rest.url"]);
    }

    [Theory]
    [InlineData("REST", "")]
    [InlineData("INBOX", ""","rest":{"url":"https://nyt.example/PostModtag"}""")]
    public async Task Where_it_is_belongs_to_the_kind_REST_and_to_no_other(string kind, string rest)
    {
        var refused = await shared.Server.CallAsync("POST", "fagsystemer", $$"""{"key":"nyt","name":"Nyt","owner":"O","kind":"{{kind}}"{{rest}}}""");
        (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID)).Places().ShouldBe(["rest"]);
    }
}
