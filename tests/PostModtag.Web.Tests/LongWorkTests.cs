using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Playwright;
using PostModtag.Application.CompareRuleFile;
using PostModtag.Application.Rules;
using PostModtag.Application.Storage;
using PostModtag.Domain.Rules;
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

    [Fact]
    public async Task Reading_a_rule_file_in_shows_its_progress_and_is_cancelled()
    {
        var ended = new TaskCompletionSource();
        await using var console = await ConsoleServer.StartAsync(services =>
        {
            services.RemoveAll<IRuleFileFormat>();
            services.AddSingleton<IRuleFileFormat>(new EndlessFile(ended));
        });
        await using var context = await browser.NewAsync();
        var page = await console.SignInAsync(context);
        await page.GotoAsync($"{console.Address}/regler/90000001/fil");
        await page.SetInputFilesAsync("#file", Path.Combine(Examples.Folder, "rules", "first-rule.yaml"));
        await page.ClickAsync("text=Se, hvad den ændrer");
        await Assertions.Expect(page.Locator("progress")).ToHaveAttributeAsync("max", "3");
        await Assertions.Expect(page.Locator(".working p").First).ToHaveTextAsync("Filen læses og efterses …");
        ended.Task.IsCompleted.ShouldBeFalse();

        await page.ClickAsync("text=Afbryd");
        await Assertions.Expect(page.Locator("progress")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#file")).ToBeVisibleAsync();
        await ended.Task.WaitAsync(Eventually.Patience);
    }

    [Fact]
    public async Task Whoever_shows_how_far_a_rule_file_has_come_is_told_each_step()
    {
        await using var console = await ConsoleServer.StartAsync();
        await using var scope = console.Server.Services.CreateAsyncScope();
        var handler = ActivatorUtilities.CreateInstance<CompareRuleFileHandler>(scope.ServiceProvider);
        var steps = new List<(RuleFileStep, int)>();
        await using var file = File.OpenRead(Path.Combine(Examples.Folder, "rules", "first-rule.yaml"));
        var query = new CompareRuleFileQuery("90000001", file)
        {
            OnStep = (step, rules) =>
            {
                steps.Add((step, rules));
                return Task.CompletedTask;
            },
        };

        var comparison = await handler.Handle(query, CancellationToken.None);

        comparison.Faults.ShouldBeEmpty();
        steps.ShouldBe([(RuleFileStep.Comparing, 1), (RuleFileStep.Checking, 1)]);
    }

    /// <summary>A format that reads a file until nobody waits for it any more.</summary>
    private sealed class EndlessFile(TaskCompletionSource ended) : IRuleFileFormat
    {
        public async Task<RuleFileReading> ReadAsync(Stream file, CancellationToken cancellationToken)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                ended.TrySetResult();
            }

            throw new InvalidOperationException("It has no end.");
        }

        public byte[] Write(string cvr, string version, RuleSet ruleSet) => [];
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
