using System.Data.Common;
using System.Diagnostics;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace PostModtag.TestHost;

/// <summary>
/// Kills the process (SIGKILL) just before or after a call of a service, while the file POSTMODTAG_TEST_CRASH names is there.
/// POSTMODTAG_TEST_KILL names the step, such as <c>before IMessageStore.AddAsync</c>.
/// </summary>
public class KillPoint : DispatchProxy
{
    private static readonly string? Step = Environment.GetEnvironmentVariable("POSTMODTAG_TEST_KILL");
    private static readonly string? Crash = Environment.GetEnvironmentVariable("POSTMODTAG_TEST_CRASH");

    private object _inner = null!;
    private string _service = "";

    /// <summary>Puts kill points around the service that is registered.</summary>
    public static void Around<TService>(IServiceCollection services)
        where TService : class
    {
        var registered = services.Last(descriptor => descriptor.ServiceType == typeof(TService));
        services.AddSingleton(provider =>
        {
            var proxy = Create<TService, KillPoint>();
            var point = (KillPoint)(object)proxy;
            (point._inner, point._service) = (ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!), typeof(TService).Name);
            return proxy;
        });
    }

    /// <inheritdoc />
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var step = $"{_service}.{targetMethod!.Name}";
        Reached($"before {step}");
        var result = targetMethod.Invoke(_inner, args);

        // Whoever waits for the task hears of it only after the kill.
        if (Step == $"after {step}" && result is Task task)
            task.GetAwaiter().GetResult();
        Reached($"after {step}");
        return result;
    }

    /// <summary>Kills here, where this is the step.</summary>
    public static void Reached(string step)
    {
        if (step == Step && File.Exists(Crash))
            Process.GetCurrentProcess().Kill();
    }
}

/// <summary>The steps <c>before commit</c>, when all that the commit refers to is durable, and <c>after commit</c>.</summary>
internal sealed class CommitKillPoint : DbTransactionInterceptor
{
    /// <inheritdoc />
    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        KillPoint.Reached("before commit");
        return new(result);
    }

    /// <inheritdoc />
    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        KillPoint.Reached("after commit");
        return Task.CompletedTask;
    }
}
