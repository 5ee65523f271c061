using PostModtag.Api.Tests.Deliveries;
using PostModtag.Api.Tests.Server;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("PostModtag.Api.Tests.LongestFirst", "PostModtag.Api.Tests")]

namespace PostModtag.Api.Tests;

/// <summary>The tests that take longest begin first, so that at the end no processor waits for another.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [nameof(KillRunTests), nameof(KillTests), nameof(StartTests)];

    /// <inheritdoc />
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(
        collection => Array.FindIndex(Longest, name => collection.DisplayName.EndsWith($".{name}", StringComparison.Ordinal)) is >= 0 and var place ? place : Longest.Length);
}
