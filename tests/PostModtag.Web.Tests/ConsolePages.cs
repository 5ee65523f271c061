namespace PostModtag.Web.Tests;

/// <summary>Every page of the console, with what it shows of the sample.</summary>
internal static class ConsolePages
{
    private const string Rules = "/regler/90000001";

    public static IReadOnlyList<(string Name, string Path)> All { get; } =
    [
        ("overblik", "/"),
        ("meddelelser", "/meddelelser"),
        ("ingen-meddelelser", "/meddelelser?kle=99"),
        ("meddelelse", $"/meddelelser/{Sample.Accepted}?fil=1"),
        ("meddelelse-tilbageholdt", $"/meddelelser/{Sample.Held}"),
        ("meddelelse-afvist", $"/meddelelser/{Sample.Rejected}"),
        ("mange", "/meddelelser/mange?tilstand=Held"),
        ("myndigheder", "/regler"),
        ("regler", Rules),
        ("regel", $"{Rules}/regel?nr=1"),
        ("ny-regel", $"{Rules}/regel"),
        ("udgiv", $"{Rules}/udgiv"),
        ("forklar", $"{Rules}/forklar?besked={Sample.Accepted}"),
        ("virkning", $"{Rules}/virkning?dage=30"),
        ("udgaver", $"{Rules}/historik"),
        ("fil", $"{Rules}/fil"),
        ("fagsystemer", "/systemer"),
        ("fagsystem", "/systemer/esdh"),
        ("nyt-fagsystem", "/systemer/ny"),
        ("udbakke", "/udbakke"),
        ("historik", "/historik"),
        ("findes-ikke", "/findes-ikke"),
        ("log-ind", "/log-ind"),
    ];
}
