namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>One reader for the tests of a class: it keeps nothing from one message to the next.</summary>
public sealed class ReaderFixture : IAsyncLifetime
{
    internal TestInfrastructure Infrastructure { get; } = TestInfrastructure.ForReading();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Infrastructure.DisposeAsync();
}
