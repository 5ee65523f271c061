using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using PostModtag.Api.Telemetry;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Telemetry;

/// <summary>The console's log has the lines that .NET's own provider has, in their order, and writes many at once.</summary>
public sealed class ConsoleLogTests : IDisposable
{
    private readonly Recorded _output = new();
    private readonly Recorded _error = new();

    [Fact]
    public async Task Lines_of_a_moment_are_written_at_once_in_their_order_with_their_scopes()
    {
        await using var services = Services();
        var log = services.GetRequiredService<ILogger<ConsoleLogTests>>();
        using (log.BeginScope("transaktion 1"))
        {
            for (var i = 0; i < 100; i++)
                Say(log, LogLevel.Information, $"linje {i}");
        }

        await Eventually.BeSoAsync(() => _output.Lines.Length == 100);
        _output.Lines.ShouldBe(Enumerable.Range(0, 100).Select(i => $"info: {typeof(ConsoleLogTests).FullName}[0] => transaktion 1 linje {i}"));
        _output.Writes.ShouldBeLessThan(100);
    }

    [Fact]
    public async Task A_warning_is_written_before_whoever_logs_it_goes_on_with_all_before_it()
    {
        await using var services = Services();
        var log = services.GetRequiredService<ILogger<ConsoleLogTests>>();

        Say(log, LogLevel.Information, "først");
        Say(log, LogLevel.Warning, "så");

        _output.Lines.Select(line => line.Split(' ')[^1]).ShouldBe(["først", "så"]);
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_server_ends_nor_after_it()
    {
        var services = Services();
        var log = services.GetRequiredService<ILogger<ConsoleLogTests>>();
        Say(log, LogLevel.Information, "sidst");

        await services.DisposeAsync();
        _output.Lines.Length.ShouldBe(1);
        Say(log, LogLevel.Information, "for sent");

        _output.Lines.Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_settings_of_the_console_are_those_of_dotnet()
    {
        await using var services = Services(options =>
        {
            options.FormatterName = ConsoleFormatterNames.Json;
            options.LogToStandardErrorThreshold = LogLevel.Error;
        });
        var log = services.GetRequiredService<ILogger<ConsoleLogTests>>();

        Say(log, LogLevel.Warning, "advarsel");
        Say(log, LogLevel.Error, "fejl");

        _output.Lines.ShouldHaveSingleItem().ShouldStartWith("{\"EventId\":0,\"LogLevel\":\"Warning\"");
        _error.Lines.ShouldHaveSingleItem().ShouldContain("fejl");
    }

    [Fact]
    public void It_takes_the_place_of_dotnets_provider_and_only_of_that()
    {
        var services = new ServiceCollection();
        ConsoleLog.Use(services);
        services.ShouldBeEmpty();
        services.AddLogging(logging => logging.AddConsole());
        ConsoleLog.Use(services);

        using var built = services.BuildServiceProvider();
        built.GetServices<ILoggerProvider>().ShouldHaveSingleItem().ShouldBeOfType<ConsoleLog>();
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private static void Say(ILogger log, LogLevel level, string text) => log.Log(level, default, text, null, (said, _) => said);

    private ServiceProvider Services(Action<ConsoleLoggerOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole(options => (options.SingleLine, options.IncludeScopes, options.ColorBehavior) = (true, true, LoggerColorBehavior.Disabled)));
        services.AddLogging(logging => logging.AddJsonConsole());
        services.Configure<ConsoleLoggerOptions>(options =>
        {
            options.FormatterName = ConsoleFormatterNames.Simple;
            configure?.Invoke(options);
        });
        ConsoleLog.Use(services);
        services.AddSingleton(provider => new ConsoleLog(provider.GetServices<ConsoleFormatter>(), provider.GetRequiredService<IOptionsMonitor<ConsoleLoggerOptions>>(), _output, _error));
        services.Remove(services.Single(service => service.ServiceType == typeof(ILoggerProvider)));
        services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<ConsoleLog>());
        return services.BuildServiceProvider();
    }

    private sealed class Recorded : MemoryStream
    {
        private readonly Lock _lock = new();

        public int Writes { get; private set; }

        public string[] Lines
        {
            get
            {
                lock (_lock)
                    return Encoding.UTF8.GetString(ToArray()).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
            }
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            lock (_lock)
            {
                Writes++;
                base.Write(buffer);
            }
        }
    }
}
