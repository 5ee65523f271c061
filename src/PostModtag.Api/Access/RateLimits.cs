using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using PostModtag.Application;

namespace PostModtag.Api.Access;

/// <summary>How often one address and one caller may call. A second's calls may come at once; those that are not made are not saved up.</summary>
internal sealed class RateLimits(IOptions<PostModtagOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _addresses = Limiter<IPAddress>(options.Value.Limits.CallsPerSecondFromAddress);
    private readonly PartitionedRateLimiter<string> _callers = Limiter<string>(options.Value.Limits.CallsPerSecond);

    /// <summary>Whether an address calls too often now, and after which time it may again.</summary>
    public bool IsTooOften(IPAddress? address, out TimeSpan retryAfter) => IsTooOften(_addresses, Whose(address), out retryAfter);

    /// <summary>Whether a caller calls too often now, and after which time it may again.</summary>
    public bool IsTooOften(string caller, out TimeSpan retryAfter) => IsTooOften(_callers, caller, out retryAfter);

    /// <inheritdoc />
    public void Dispose()
    {
        _addresses.Dispose();
        _callers.Dispose();
    }

    private static bool IsTooOften<T>(PartitionedRateLimiter<T> limiter, T key, out TimeSpan retryAfter)
    {
        using var lease = limiter.AttemptAcquire(key);
        retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : TimeSpan.FromSeconds(1);
        return !lease.IsAcquired;
    }

    /// <summary>Who has one IPv6 address has 2^64 of them.</summary>
    private static IPAddress Whose(IPAddress? address)
    {
        const int Prefix = 8;
        if (address is null)
            return IPAddress.Loopback;
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Prefix).Clear();
        return new IPAddress(bytes);
    }

    private static PartitionedRateLimiter<T> Limiter<T>(int perSecond)
        where T : notnull
    {
        Func<T, TokenBucketRateLimiterOptions> bucket = _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = false,
            QueueLimit = 0,
        };
        return PartitionedRateLimiter.Create<T, T>(key => RateLimitPartition.GetTokenBucketLimiter(key, bucket));
    }
}
