using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PostModtag.Application.Storage;
using PostModtag.Testing;

namespace PostModtag.Web.Tests;

/// <summary>Long work shows how far it has come, and ends on the server when it is cancelled.</summary>
[Collection(ConsoleTests.Name)]
public sealed class LongWorkTests(Browser browser)
{
    [Fact]
    public async Task The_impact_over_many_messages_shows_its_progress_and_is_cancelled()
    {
        var ended = new TaskCompletionSource();
        await using var console = await ConsoleServer.StartAsync(services =>
        {
            var kept = services.Single(service => service.ServiceType == typeof(IMessageStore));
            services.Remove(kept);
            services.AddSingleton(provider => EndlessMessages.Of((IMessageStore)ActivatorUtilities.CreateInstance(provider, kept.ImplementationType!), ended));
        });
        await Sample.SetUpAsync(console.Server, "http://localhost:1/PostModtag");
        await console.Server.PostAsync(new TestMemo().ToBytes());
        await using var context = await browser.NewAsync();
        var page = await console.SignInAsync(context);
        await page.GotoAsync($"{console.Address}/regler/90000001/virkning");
        await page.ClickAsync("text=Se på 30 dage");
        await Assertions.Expect(page.Locator("progress")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".working p").First).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[1-9][0-9.]* meddelelser er set igennem"));
        ended.Task.IsCompleted.ShouldBeFalse();

        await page.ClickAsync("text=Afbryd");
        await Assertions.Expect(page.Locator("progress")).ToHaveCountAsync(0);
        await ended.Task.WaitAsync(Eventually.Patience);
    }

    /// <summary>The store, but that those who read what has come to the rules never come to its end.</summary>
    public class EndlessMessages : DispatchProxy
    {
        private IMessageStore _kept = null!;
        private TaskCompletionSource _ended = null!;

        public static IMessageStore Of(IMessageStore kept, TaskCompletionSource ended)
        {
            var store = Create<IMessageStore, EndlessMessages>();
            (((EndlessMessages)(object)store)._kept, ((EndlessMessages)(object)store)._ended) = (kept, ended);
            return store;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(IMessageStore.ReadRoutedAsync)
            ? ReadAsync((string)args![0]!, (DateTimeOffset)args[1]!, (CancellationToken)args[2]!)
            : targetMethod.Invoke(_kept, args);

        private async IAsyncEnumerable<RoutedRecord> ReadAsync(string cvr, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            try
            {
                while (true)
                {
                    await foreach (var record in _kept.ReadRoutedAsync(cvr, since, cancellationToken))
                        yield return record;
                }
            }
            finally
            {
                _ended.TrySetResult();
            }
        }
    }
}
