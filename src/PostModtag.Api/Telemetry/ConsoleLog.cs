using System.Text;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace PostModtag.Api.Telemetry;

/// <summary>
/// The log on the console, written by .NET's formatters and set by <c>Logging:Console</c> as .NET's own provider is. That one wakes a
/// thread, and writes, for each line, which takes a sixth of a small message's time; here the lines of a few milliseconds go out in one
/// write, and a warning at once, with all before it.
/// </summary>
[ProviderAlias("Console")]
internal sealed class ConsoleLog : ILoggerProvider, ISupportExternalScope
{
    private const int MostWaiting = 64 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    [ThreadStatic]
    private static StringWriter? _line;

    private readonly Dictionary<string, ConsoleFormatter> _formatters;
    private readonly IOptionsMonitor<ConsoleLoggerOptions> _options;
    private readonly ConsoleLines _output;
    private readonly ConsoleLines _error;
    private readonly Timer _timer;
    private IExternalScopeProvider? _scopes;
    private volatile bool _isDisposed;

    public ConsoleLog(IEnumerable<ConsoleFormatter> formatters, IOptionsMonitor<ConsoleLoggerOptions> options)
        : this(formatters, options, Console.OpenStandardOutput(), Console.OpenStandardError())
    {
    }

    /// <param name="formatters">.NET's, or a host's own.</param>
    /// <param name="options">What is set under <c>Logging:Console</c>.</param>
    /// <param name="output">The standard output.</param>
    /// <param name="error">The standard error output, where the settings send something there.</param>
    internal ConsoleLog(IEnumerable<ConsoleFormatter> formatters, IOptionsMonitor<ConsoleLoggerOptions> options, Stream output, Stream error)
    {
        _formatters = formatters.ToDictionary(formatter => formatter.Name, StringComparer.OrdinalIgnoreCase);
        _options = options;
        (_output, _error) = (new ConsoleLines(output), new ConsoleLines(error));
        _timer = new Timer(_ => Write());
    }

    /// <summary>Writes to the console, from now on, in the place of .NET's provider, if that is registered.</summary>
    public static void Use(IServiceCollection services)
    {
        var index = services.ToList().FindIndex(service => service.ServiceType == typeof(ILoggerProvider) && service.ImplementationType == typeof(ConsoleLoggerProvider));
        if (index < 0)
            return;
        services.RemoveAt(index);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, ConsoleLog>());
    }

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc />
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <inheritdoc />
    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
        Write();
    }

    private void Add<TState>(in LogEntry<TState> entry)
    {
        var line = _line ??= new StringWriter();
        Formatter.Write(entry, _scopes, line);
        var text = line.GetStringBuilder();
        if (text.Length == 0)
            return;
        var lines = entry.LogLevel >= _options.CurrentValue.LogToStandardErrorThreshold ? _error : _output;
        var waiting = lines.Add(text);
        text.Clear();
        if (entry.LogLevel >= LogLevel.Warning || waiting > MostWaiting || _isDisposed)
            Write();
        else if (waiting == 0)
            BeginPause();
    }

    private void BeginPause()
    {
        try
        {
            _timer.Change(Pause, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            Write();
        }
    }

    private ConsoleFormatter Formatter =>
        _options.CurrentValue.FormatterName is { } name && _formatters.TryGetValue(name, out var formatter) ? formatter : _formatters[ConsoleFormatterNames.Simple];

    private void Write()
    {
        _output.Write();
        _error.Write();
    }

    private sealed class Logger(ConsoleLog log, string category) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes?.Push(state);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Add(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter));
        }
    }
}

/// <summary>Lines that wait to be written to a stream, in their order.</summary>
internal sealed class ConsoleLines(Stream stream)
{
    private readonly Lock _waitingLock = new();
    private readonly Lock _writing = new();
    private StringBuilder _waiting = new();
    private StringBuilder _written = new();

    /// <summary>Adds a line, and says how many characters waited before it.</summary>
    public int Add(StringBuilder line)
    {
        lock (_waitingLock)
        {
            var before = _waiting.Length;
            _waiting.Append(line);
            return before;
        }
    }

    /// <summary>Writes all that wait.</summary>
    public void Write()
    {
        lock (_writing)
        {
            lock (_waitingLock)
                (_waiting, _written) = (_written, _waiting);
            if (_written.Length == 0)
                return;
            try
            {
                stream.Write(Encoding.UTF8.GetBytes(_written.ToString()));
                stream.Flush();
            }
            catch (IOException)
            {
                // Nobody reads the console any more.
            }

            _written.Clear();
        }
    }
}
