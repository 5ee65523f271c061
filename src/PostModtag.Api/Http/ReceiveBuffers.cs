using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace PostModtag.Api.Http;

/// <summary>
/// How Kestrel takes bodies in: into buffers that hold most messages in two, and without asking first whether something has come.
/// Kestrel's own hold 4 kB, and each takes two calls of the system. An idle connection keeps a buffer for that.
/// </summary>
internal static class ReceiveBuffers
{
    /// <summary>The bytes that a buffer has room for, at least.</summary>
    public const int Size = 16 * 1024;

    public static void Use(IServiceCollection services)
    {
        services.AddSingleton<IMemoryPoolFactory<byte>, Factory>();
        services.Configure<SocketTransportOptions>(sockets => sockets.WaitForDataBeforeAllocatingBuffer = false);
    }

    private sealed class Factory : IMemoryPoolFactory<byte>
    {
        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();
    }

    /// <summary>The arrays are the process's shared ones, which are let go when memory is short.</summary>
    private sealed class Pool : MemoryPool<byte>
    {
        /// <inheritdoc />
        public override int MaxBufferSize => Shared.MaxBufferSize;

        /// <inheritdoc />
        public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, Size));

        /// <inheritdoc />
        protected override void Dispose(bool disposing)
        {
            // It has nothing of its own.
        }
    }
}
