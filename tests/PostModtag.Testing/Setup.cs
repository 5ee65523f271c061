using PostModtag.Contract.Administration;

namespace PostModtag.Testing;

/// <summary>Sets a server up as an administrator does, through its API.</summary>
public static class Setup
{
    /// <summary>The authority that test messages are sent to.</summary>
    public const string Authority = "90000001";

    /// <summary>Registers a fagsystem that keeps its messages in an inbox.</summary>
    public static async Task<Fagsystem> RegisterAsync(this TestServer server, string key, params string[] systemIds) => (await server.Fagsystemer.RegisterFagsystemAsync(
        new NewFagsystem { Key = key, Name = $"Fagsystem {key}", Owner = "Testkommunen", Kind = FagsystemKind.INBOX, SystemIds = systemIds })).Result;

    /// <summary>Registers a fagsystem on another host.</summary>
    public static async Task<Fagsystem> RegisterRestAsync(
        this TestServer server, string key, string url, int timeoutSeconds = 20, int maxConcurrency = 8, string? trustedCertificates = null) => (await server.Fagsystemer.RegisterFagsystemAsync(
        new NewFagsystem
        {
            Key = key, Name = $"Fagsystem {key}", Owner = "Testkommunen", Kind = FagsystemKind.REST,
            Rest = new RestConnection { Url = url, TimeoutSeconds = timeoutSeconds, MaxConcurrency = maxConcurrency, TrustedCertificates = trustedCertificates },
        })).Result;

    /// <summary>Says anew how a fagsystem on another host may be called.</summary>
    public static Task<Fagsystem> ChangeRestAsync(this TestServer server, string key, Action<RestConnection> change) => server.ChangeFagsystemAsync(key, now => change(now.Rest!));

    /// <summary>Changes something of a fagsystem, and leaves the rest as it is.</summary>
    public static async Task<Fagsystem> ChangeFagsystemAsync(this TestServer server, string key, Action<FagsystemChange> change)
    {
        var now = (await server.Fagsystemer.GetFagsystemAsync(key)).Result;
        var changed = new FagsystemChange { Name = now.Name, Owner = now.Owner, Kind = now.Kind, Rest = now.Rest, State = now.State, SystemIds = now.SystemIds, HandOnTo = now.HandOnTo };
        change(changed);
        return (await server.Fagsystemer.ChangeFagsystemAsync(changed, key, "*")).Result;
    }

    /// <summary>Saves rules as the draft, whatever was there, and publishes them.</summary>
    public static async Task<Publication> PublishAsync(this TestServer server, RuleSet rules, string authority = Authority)
    {
        await server.Drafts.SaveDraftAsync(rules, authority, "*");
        return (await server.Publications.PublishRulesAsync(new PublicationRequest { Comment = "Til en test" }, authority, "*")).Result;
    }

    /// <summary>A rule set of these rules, with priorities in their order.</summary>
    public static RuleSet Rules(params DistributionRule[] rules)
    {
        for (var i = 0; i < rules.Length; i++)
            rules[i].Priority = (i + 1) * 10;
        return new RuleSet { Rules = rules };
    }

    /// <summary>A rule set that sends everything to one fagsystem.</summary>
    public static RuleSet Everything(string fagsystem, WhenUndecided whenUndecided = WhenUndecided.RESEND) =>
        new() { Rules = [Rule("Alt", fagsystem)], WhenUndecided = whenUndecided };

    /// <summary>A rule with these conditions, all of which must hold.</summary>
    public static DistributionRule Rule(string name, string fagsystem, params Condition[] conditions) =>
        new() { Name = name, Priority = 0, Fagsystem = fagsystem, Conditions = conditions };

    /// <summary>A condition.</summary>
    public static Condition When(string field, ConditionOperator @operator, params string[] values) =>
        new() { Field = field, Operator = @operator, Values = values };

    /// <summary>A condition that must not hold.</summary>
    public static Condition Without(string field, ConditionOperator @operator, params string[] values) =>
        new() { Field = field, Operator = @operator, Values = values, Not = true };
}
